package io.github.camelakeeba.app.demo;

import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A site of the demo, and how it did.
 *
 * @param daily whether it is backed up at night, not while one looks on
 * @param size bytes of its archive, today
 * @param growth percent of that by which it has grown in a year
 * @param took how long a backup takes, today
 * @param weekdays Monday to Friday only
 * @param days since when it has been there
 * @param lately the last thirty days, the oldest first: {@code c} completed, {@code w} warning,
 *     {@code f} failed, {@code m} no backup, and reported as missed
 * @param trouble what was wrong on the days that were not good
 */
record DemoSite(
    String name,
    List<String> tags,
    boolean daily,
    long size,
    int growth,
    Duration took,
    boolean weekdays,
    int days,
    String lately,
    String trouble) {
  static final int LATELY = 30; // days
  private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

  /** Those that are backed up while one looks on: one goes well, one fails, one has warnings. */
  static final List<DemoSite> LIVELY =
      List.of(
          new DemoSite(
              "shop",
              List.of("joomla", "north"),
              false,
              2_709_386,
              60,
              Duration.ofMinutes(4),
              false,
              400,
              "ccccccccmcccccccfcccccccccwccc",
              "The archive could not be written"),
          new DemoSite(
              "forum",
              List.of("joomla", "north"),
              false,
              8_650_112,
              25,
              Duration.ofMinutes(11),
              false,
              400,
              "cccccccccccccccccccccccccccccf",
              "The disk is full: could not write to the archive file"),
          new DemoSite(
              "blog",
              List.of("wordpress", "south"),
              false,
              10_461_695,
              35,
              Duration.ofMinutes(7),
              false,
              310,
              "cccccccccccccccccccwwwwwwwwwww",
              "Unreadable file /srv/site/wp-content/debug.log. Check permissions"));

  private static final List<DemoSite> QUIET =
      List.of(
          new DemoSite(
              "academy",
              List.of("wordpress", "south"),
              true,
              64_220_160,
              80,
              Duration.ofMinutes(22),
              false,
              120,
              "cccccccccccccwcccccccccccccccc",
              "Unreadable file /srv/site/wp-content/cache/lock. Check permissions"),
          new DemoSite(
              "charity",
              List.of("joomla", "south"),
              true,
              3_145_728,
              10,
              Duration.ofMinutes(3),
              false,
              12,
              "cccccccccccccccccccccccccccccc",
              ""),
          new DemoSite(
              "intranet",
              List.of("joomla", "north"),
              true,
              31_457_280,
              40,
              Duration.ofMinutes(15),
              true,
              400,
              "cccccccccccccccccccccccccccccc",
              ""),
          new DemoSite(
              "museum",
              List.of("wordpress", "north"),
              true,
              18_874_368,
              15,
              Duration.ofMinutes(9),
              false,
              400,
              "ccccccccccccccccccccccccccfmff",
              "The site answered no call for two hours"),
          new DemoSite(
              "winery",
              List.of("joomla", "south"),
              true,
              12_582_912,
              20,
              Duration.ofMinutes(6),
              false,
              260,
              "cccccccfcccccccccccccccccccccc",
              "The database server has gone away"));

  /** All, or those that are backed up while one looks on. */
  static List<DemoSite> all(boolean lively) {
    return lively ? LIVELY : Stream.concat(LIVELY.stream(), QUIET.stream()).toList();
  }

  SimulatedSite simulate(SimulatedServer server) {
    SimulatedSite site = tags.contains("joomla") ? server.joomla(name) : server.wordpress(name);
    return site.steps(16).size(size);
  }

  /** The letter of the day so many days ago; {@code -} where nothing was due. */
  char on(LocalDate day, int daysAgo) {
    if (daysAgo >= days || weekdays && WEEKEND.contains(day.getDayOfWeek())) {
      return '-';
    }
    if (daysAgo < LATELY) {
      return lately.charAt(LATELY - 1 - daysAgo);
    }
    double chance = noise(daysAgo);
    return chance < 0.014 ? 'f' : chance < 0.02 ? 'm' : chance < 0.05 ? 'w' : 'c';
  }

  /** From 0 to 1, and the same in each demo. */
  private double noise(int daysAgo) {
    return new SplittableRandom(name.hashCode() * 1_000L + daysAgo).nextDouble();
  }

  /** Bytes of the archive of that day. */
  long sizeOn(int daysAgo) {
    return scaled(size, daysAgo);
  }

  Duration tookOn(int daysAgo) {
    return Duration.ofMillis(scaled(took.toMillis(), daysAgo));
  }

  /** With a noise of up to one percent, that of today without. */
  private long scaled(long today, int daysAgo) {
    double off = daysAgo == 0 ? 0 : 0.02 * noise(-daysAgo) - 0.01;
    return Math.round(today * (1 - growth / (100.0 + growth) * daysAgo / 365 + off));
  }
}
