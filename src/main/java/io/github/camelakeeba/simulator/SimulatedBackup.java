package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.simulator.archive.StepPlan;
import io.github.camelakeeba.simulator.archive.StoredBackup;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The engine's saved state of one backup. Guarded by the {@link RecordStore}. */
final class SimulatedBackup {
  static final int START = 0;

  final StepPlan plan;
  final int profile;
  StoredBackup row; // null while a phantom has none yet
  private final Set<Integer> killed = new HashSet<>();
  private int saved;
  private int workers;

  /** A backup whose next step is this one: 0 for the start, -1 for a phantom. */
  SimulatedBackup(StepPlan plan, int profile, int first) {
    this.plan = plan;
    this.profile = profile;
    this.saved = first - 1;
  }

  /** A worker loads the state; the number of its step. */
  int enter(ProtocolChecker checker) {
    int step = saved + 1;
    if (workers > 0) {
      checker.addViolation("two steps in flight: " + row.backupid);
      row.damaged("two steps worked on the archive at once");
    }
    if (killed.contains(step) && plan.dumps(step)) {
      row.damaged("rows lost: a step of the dump was repeated after its worker was killed");
    }
    workers++;
    return step;
  }

  /** The worker dies, or ends without saving. */
  void killWorker(int step) {
    workers--;
    killed.add(step);
  }

  void save(int step) {
    workers--;
    saved = step;
  }

  void leave() {
    workers--;
  }

  boolean working() {
    return workers > 0;
  }

  ObjectNode answer(int step, SimulatorSettings settings) {
    boolean last = plan.last(step);
    ObjectNode data = PhpJson.object();
    data.put("HasRun", !last);
    data.put("Domain", plan.domain(step));
    String work = plan.step(step);
    data.put("Step", work.equals("content") ? settings.product.tablePrefix + work : work)
        .put("Substep", plan.substep(step))
        .put("Error", "");
    ArrayNode warnings = data.putArray("Warnings");
    settings.warnings.getOrDefault(step, List.of()).forEach(warnings::add);
    data.putNull("ErrorException");
    data.put("Archive", row == null ? "" : row.archive).put("tag", "json");
    data.put("Progress", plan.progress(step));
    data.put("backupid", row == null ? "" : row.backupid);
    if (settings.sleepTime != null) {
      data.set("sleepTime", settings.sleepTime);
    }
    data.put("stepNumber", plan.number(step)).put("stepState", plan.state(step));
    data.put("BackupID", last || row == null ? null : row.id);
    return data.put("Profile", profile);
  }
}
