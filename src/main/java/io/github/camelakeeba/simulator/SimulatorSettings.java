package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.github.camelakeeba.simulator.archive.StepPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a test or the demo has set; read at each call. */
final class SimulatorSettings {
  final ProductProfile product;
  volatile String secret = "Sample-Secret-8dK2mQ5xT7vZ1pLw";
  volatile boolean apiEnabled = true;
  volatile String basicAuth;
  volatile StepPlan plan = new StepPlan(10);
  volatile Duration stepTime = Duration.ZERO;
  volatile Duration minExecTime = Duration.ZERO;
  volatile Duration clockSkew = Duration.ZERO;
  volatile Duration proxySkew = Duration.ZERO;
  volatile JsonNode sleepTime = IntNode.valueOf(0); // null: the member is left out
  volatile int failStep = -1;
  volatile String failText;
  volatile String kind = "jpa";
  volatile int parts = 1;
  volatile long size = 65_536;
  final Map<Integer, List<String>> warnings = new ConcurrentHashMap<>();
  final Map<Integer, Duration> stepTimes = new ConcurrentHashMap<>();

  SimulatorSettings(ProductProfile product) {
    this.product = product;
  }
}
