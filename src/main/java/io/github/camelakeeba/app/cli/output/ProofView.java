package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.proof.Proof;
import io.github.camelakeeba.run.store.SiteHealthStore.SiteProof;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;

/** Restore tests as the terminal shows them. */
public final class ProofView {
  private ProofView() {}

  /** A line on stderr whenever what the test does has changed; none beside JSON. */
  public static ProgressView<Proof> progress(boolean silent) {
    return silent ? proof -> {} : new Lines();
  }

  private static final class Lines implements ProgressView<Proof> {
    private String last;

    @Override
    public void show(Proof proof) {
      String now =
          proof.progress() != null
              ? proof.progress()
              : proof.startedAt() == null ? "waits for its turn" : "looks for the archive";
      if (!now.equals(last)) {
        last = now;
        long elapsed = Duration.between(proof.askedAt(), Instant.now()).toSeconds();
        System.err.printf("%-20s %6s s  %s%n", proof.site(), Math.max(0, elapsed), now);
      }
    }
  }

  /**
   * When a restore had proved a backup of the site last, and what there is to say against it, as a
   * cell of a table; null: its restore tests say nothing.
   */
  static String cell(SiteProof proof, Instant now) {
    if (proof == null) {
      return "-";
    }
    String proved =
        proof.provedAt() == null ? "never" : HumanFormat.age(proof.provedAt(), now) + " ago";
    if (proof.verdict() != null && !proof.verdict().equals("proved")) {
      proved += ", now " + proof.verdict();
    }
    return proof.overdueSince() == null ? proved : proved + ", OVERDUE";
  }

  /** The result of one, with a line's end at the end. */
  public static String of(Proof proof) {
    StringBuilder text = new StringBuilder();
    text.append(proof.verdict()).append(": ").append(proof.site());
    if (proof.reason() != null) {
      text.append(": ").append(UntrustedText.oneLine(proof.reason(), 1000));
    }
    text.append(System.lineSeparator());
    row(text, "archive", proof.archive());
    row(text, "sha256", proof.sha256());
    row(text, "size", proof.size() == null ? null : HumanFormat.size(proof.size()));
    row(text, "record", proof.recordId() == null ? null : String.valueOf(proof.recordId()));
    row(text, "restored", proof.counted());
    row(
        text,
        "files",
        proof.files() == null ? null : HumanFormat.number(proof.files()) + ", read whole");
    row(
        text,
        "took",
        proof.durationMs() == null
            ? null
            : HumanFormat.duration(Duration.ofMillis(proof.durationMs())));
    row(text, "test", proof.id());
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String value) {
    if (value != null && !value.isEmpty()) {
      text.append("  %-8s %s%n".formatted(name, value));
    }
  }
}
