package io.github.camelakeeba.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Kills, stops and pauses the service again and again, and starts it anew. */
final class Restarts implements Runnable {
  private static final int LEAST_SECONDS = 5;
  private static final int MORE_SECONDS = 12;

  private final ChaosEnvironment world;
  private final Random random;
  private final CountDownLatch enough;

  Restarts(ChaosEnvironment world, Random random, CountDownLatch enough) {
    this.world = world;
    this.random = random;
    this.enough = enough;
  }

  @Override
  public void run() {
    try {
      while (!enough.await(
          1000L * LEAST_SECONDS + random.nextInt(1000 * MORE_SECONDS), TimeUnit.MILLISECONDS)) {
        disturb();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void disturb() throws Exception {
    switch (random.nextInt(4)) {
      case 0 -> {
        world.service().terminate();
        assertThat(world.service().code(20)).isZero();
        world.start();
      }
      case 1 -> {
        world.service().signal("STOP");
        enough.await(1 + random.nextInt(4), TimeUnit.SECONDS);
        world.service().signal("CONT");
      }
      default -> {
        world.service().kill();
        world.start();
      }
    }
  }
}
