package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Watches the client: notes what a right one never does. */
final class ProtocolChecker {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Map<String, Set<String>> sessions = new HashMap<>();
  private final Map<String, String> endings = new HashMap<>();
  private final Set<String> unaware = new HashSet<>();

  List<String> violations() {
    return List.copyOf(violations);
  }

  void addViolation(String how) {
    violations.add(how);
  }

  /** What became of a backup that can't be stepped any more, such as "has ended". */
  synchronized void recordEnd(String backupid, String fate) {
    endings.put(backupid, fate);
  }

  /** Another client's start ended a backup: the client can't know before its next step. */
  synchronized void displacedByOthers(String backupid) {
    recordEnd(backupid, "was displaced by somebody else's start");
    unaware.add(backupid);
  }

  /** A step came that belongs to no running backup. */
  synchronized void strayStep(String backupid) {
    if (unaware.remove(backupid)) {
      return;
    }
    String fate = endings.get(backupid);
    addViolation(
        fate == null
            ? "a step with an unknown backupid: " + backupid
            : "a step of a backup that " + fate + ": " + backupid);
  }

  void checkSize(RecordedRequest request) {
    if (request.bodyLength() > MAX_BODY_BYTES) {
      addViolation("a request body of " + request.bodyLength() + " bytes: " + request.method());
    }
  }

  /** A call of this backup came in this cookie session. */
  synchronized void checkSession(String backupid, String session) {
    Set<String> seen = sessions.computeIfAbsent(backupid, id -> new LinkedHashSet<>());
    if (seen.add(session) && seen.size() == 2) {
      addViolation("more than one cookie session in one run: " + backupid);
    }
  }
}
