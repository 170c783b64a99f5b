import { z } from "zod";

// The page's policy forbids eval; without this zod tries it once and the browser reports a violation.
// Imported first in main.tsx, before any schema is made.
z.config({ jitless: true });
