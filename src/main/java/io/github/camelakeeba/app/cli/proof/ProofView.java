package io.github.camelakeeba.app.cli.proof;

import io.github.camelakeeba.app.cli.output.ProgressView;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.proof.Proof;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;

/** A restore test as the terminal shows it. */
final class ProofView {
  private ProofView() {}

  /** A line on stderr whenever what the test does has changed; none beside JSON. */
  static ProgressView<Proof> progress(boolean silent) {
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

  /** Its result, with a line's end at the end. */
  static String of(Proof proof) {
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
