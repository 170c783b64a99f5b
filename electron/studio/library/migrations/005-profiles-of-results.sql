-- What a style painted was noted with its source in place of its colour profile. It has the profile of its source.
update assets
set profile = (select source.profile from assets source where source.hash = assets.profile)
where profile in (select hash from assets);

-- Of one that was painted over another, that was noted wrongly too.
update assets set profile = null where profile in (select hash from assets);
