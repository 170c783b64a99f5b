import { Lightbulb } from "lucide-react";
import styles from "./advice.module.css";

/** What the artist should know about the pictures of a training. */
export function AdviceList({ advice }: { advice: readonly string[] }) {
  return (
    <ul
      className={styles.advice}
      aria-label="Good to know"
      data-testid="advice"
    >
      {advice.map((sentence) => (
        <li key={sentence} className={styles.sentence}>
          <Lightbulb size={16} strokeWidth={1.75} />
          {sentence}
        </li>
      ))}
    </ul>
  );
}
