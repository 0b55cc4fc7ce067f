package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.secret.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is read at the start only, and whether it has changed since. */
record FixedSettings(Path file, String hash) {
  static FixedSettings of(Home home) {
    Path file = home.config().resolve("application.properties");
    return new FixedSettings(file, hash(file));
  }

  private static String hash(Path file) {
    try {
      return Sha256.hex(Files.readAllBytes(file));
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * What a reload does not change, a sentence each.
   *
   * @param served whether hooks can be called, or never are
   */
  List<String> needsRestart(Configuration next, boolean served) {
    List<String> sentences = new ArrayList<>();
    if (!hash(file).equals(hash)) {
      sentences.add(
          "config/application.properties has changed since the start: what stands there holds from"
              + " the next start on");
    }
    boolean hooks =
        next.triggers().stream().filter(Trigger::enabled).anyMatch(FixedSettings::isHook);
    if (hooks && !served) {
      sentences.add(
          "a trigger takes calls over HTTP, and at the start there was none, so no port is open:"
              + " they are taken from the next start on");
    }
    return sentences;
  }

  private static boolean isHook(Trigger trigger) {
    return trigger.scheme().equals("servlet");
  }
}
