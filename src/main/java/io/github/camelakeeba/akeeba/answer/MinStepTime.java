package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.akeeba.ExportedProfile;
import java.time.Duration;
import java.util.Optional;

/** Reads how a profile is tuned from the answer of exportConfiguration. */
public final class MinStepTime {
  private static final String SETTING = "min_exec_time";
  private static final Duration MAX_STEP_TIME = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private MinStepTime() {}

  /**
   * The least time that a step takes: the worker sleeps for what is left of it after its work, and
   * saves its state only then (protocol page, section 6). Empty when the profile does not tell.
   */
  public static Optional<Duration> minStepTime(ExportedProfile profile) {
    return milliseconds(settings(profile.configuration()).path("akeeba").path("tuning"));
  }

  /** A profile's setting as people write it into {@code overrides}: milliseconds. */
  public static Optional<Duration> minStepTime(String milliseconds) {
    return milliseconds == null || !milliseconds.matches("\\d{1,7}")
        ? Optional.empty()
        : Optional.of(bounded(Long.parseLong(milliseconds)));
  }

  private static JsonNode settings(String configuration) {
    try {
      return configuration == null ? JSON.missingNode() : JSON.readTree(configuration);
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // the text may hold secrets of the site: it is not told
    }
  }

  private static Optional<Duration> milliseconds(JsonNode tuning) {
    JsonNode value = tuning.path(SETTING);
    return minStepTime(value.isValueNode() ? value.asText() : null);
  }

  private static Duration bounded(long milliseconds) {
    Duration time = Duration.ofMillis(milliseconds);
    return time.compareTo(MAX_STEP_TIME) > 0 ? MAX_STEP_TIME : time;
  }
}
