import type { ReactNode } from "react";
import styles from "./panel.module.css";

interface Properties {
  title: string;
  children: ReactNode;
  /** Beside the title. */
  tools?: ReactNode;
}

/** A titled part of the side of the window. */
export function Panel({ title, children, tools }: Properties) {
  return (
    <section className={styles.panel} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        <span className={styles.tools}>{tools}</span>
      </header>
      {children}
    </section>
  );
}
