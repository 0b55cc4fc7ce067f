package io.github.camelakeeba.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.archive.format.ReadProgress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A restore test must not fill the disk of its server. */
@Tag("fault")
class RestoreLimitsTest {
  private static final int GIB = 1 << 30;
  private static final long MUCH = Long.MAX_VALUE;

  @Test
  void a_dump_of_a_hundred_times_its_archive_is_not_restored() {
    RestoreLimits limits = new RestoreLimits(ReadProgress.NONE, () -> MUCH);
    limits.load(GIB); // a small archive may hold a long log
    assertThatThrownBy(() -> limits.load(1))
        .isInstanceOf(UntestableException.class)
        .hasMessageContaining("1073741825 bytes, 100 times what was read of the archive");

    AtomicLong told = new AtomicLong();
    RestoreLimits large = new RestoreLimits(told::addAndGet, () -> MUCH);
    for (int i = 0; i < 50; i++) {
      large.read(GIB / 10);
      large.load(GIB);
    }
    assertThat(told).hasValue(50L * (GIB / 10));
  }

  @Test
  void what_is_left_of_our_own_disk_stays_free() {
    AtomicLong free = new AtomicLong(GIB);
    RestoreLimits limits = new RestoreLimits(ReadProgress.NONE, free::get);
    limits.load(1);
    free.set(GIB / 4);
    limits.load(1); // the disk is not asked for each row
    assertThatThrownBy(() -> limits.load(16 << 20))
        .isInstanceOf(UntestableException.class)
        .hasMessageContaining("nearly full: fewer than 512 MiB");
  }
}
