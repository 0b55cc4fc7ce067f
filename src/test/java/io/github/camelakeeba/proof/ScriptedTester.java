package io.github.camelakeeba.proof;

import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.LocatedArchive;
import io.github.camelakeeba.product.RunningProduct;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Restores nothing: gives the result that a test wants, at once or when it is let go. */
public final class ScriptedTester implements RestoreTester {
  /** What a good archive gives. */
  public static final ProofResult PROVED =
      new ProofResult(
          Verdict.PROVED,
          null,
          "11.4.5-MariaDB",
          2,
          3_119L,
          "a".repeat(64),
          List.of(new TableCount("#__content", 3_000), new TableCount("#__users", 119)),
          22L,
          List.of());

  private final List<LocatedArchive> tested = new CopyOnWriteArrayList<>();
  private final AtomicBoolean held = new AtomicBoolean();
  private volatile ProofResult next = PROVED;

  /** In place of the one of the running product. */
  public static ScriptedTester of(RunningProduct product) {
    ScriptedTester tester = new ScriptedTester();
    var registry = product.service().context().getRegistry();
    registry.unbind("backup-restore-tester"); // else both are there, each under its class
    registry.bind("backup-restore-tester", tester);
    return tester;
  }

  public static ProofResult unproved(String reason) {
    return new ProofResult(
        Verdict.UNPROVED,
        reason,
        "11.4.5-MariaDB",
        2,
        3_118L,
        "b".repeat(64),
        List.of(),
        22L,
        List.of());
  }

  public ScriptedTester gives(ProofResult result) {
    next = result;
    return this;
  }

  /** From now on a test takes until {@link #letGo}. */
  public ScriptedTester hold() {
    held.set(true);
    return this;
  }

  public void letGo() {
    held.set(false);
  }

  public List<LocatedArchive> tested() {
    return tested;
  }

  @Override
  public ProofResult test(Site site, LocatedArchive archive, ProofProgress progress) {
    tested.add(archive);
    await()
        .atMost(RunningProduct.PATIENCE)
        .pollDelay(java.time.Duration.ZERO)
        .until(
            () -> {
              progress.at("restoring, 1 MB of 2 MB read");
              return !held.get();
            });
    return next;
  }
}
