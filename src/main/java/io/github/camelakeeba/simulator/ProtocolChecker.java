package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what a correct client never does. */
final class ProtocolChecker {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Map<String, Set<String>> sessions = new HashMap<>();
  private final Map<String, String> endings = new HashMap<>();
  private final Set<String> displacedByOthers = new HashSet<>();

  List<String> violations() {
    return List.copyOf(violations);
  }

  void addViolation(String violation) {
    violations.add(violation);
  }

  /** Why a backup can't be stepped any more, such as "has ended". */
  synchronized void recordEnd(String backupid, String reason) {
    endings.put(backupid, reason);
  }

  /** Another client's start ended a backup, which ours learns at its next step. */
  synchronized void displacedByOthers(String backupid) {
    recordEnd(backupid, "was displaced by somebody else's start");
    displacedByOthers.add(backupid);
  }

  /** A step of no running backup. */
  synchronized void strayStep(String backupid) {
    if (!displacedByOthers.remove(backupid)) {
      String reason = endings.get(backupid);
      addViolation(
          (reason == null
                  ? "a step with an unknown backupid: "
                  : "a step of a backup that " + reason + ": ")
              + backupid);
    }
  }

  void checkSize(RecordedRequest request) {
    if (request.bodyLength() > MAX_BODY_BYTES) {
      addViolation("a request body of " + request.bodyLength() + " bytes: " + request.method());
    }
  }

  synchronized void checkSession(String backupid, String session) {
    Set<String> seen = sessions.computeIfAbsent(backupid, id -> new LinkedHashSet<>());
    if (seen.add(session) && seen.size() == 2) {
      addViolation("more than one cookie session in one run: " + backupid);
    }
  }
}
