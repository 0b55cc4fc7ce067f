package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.notify.EventJson;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.site.ConfigurationException;
import io.github.camelakeeba.site.Site;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.camel.CamelExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** One backup in the foreground. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Takes a backup now, and shows how it goes until it has ended.")
final class BackupCommand implements Callable<Integer> {
  private static final Duration DELIVERY = Duration.ofSeconds(30);

  @ParentCommand Backup parent;

  @Parameters(paramLabel = "SITE", arity = "0..*", description = "Names of sites in sites.yaml.")
  List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "All enabled sites.")
  boolean all;

  @Option(names = "--tag", paramLabel = "T", description = "All enabled sites with this tag.")
  String tag;

  @Option(names = "--profile", paramLabel = "N", description = "The Akeeba profile, from 1.")
  Integer profile;

  @Option(
      names = "--description",
      paramLabel = "T",
      description = "May hold {site} {date} {time} {profile}.")
  String description;

  @Option(names = "--comment", paramLabel = "T", description = "Stored with the backup.")
  String comment;

  @Option(
      names = "--override",
      paramLabel = "K=V",
      description =
          "A profile setting for this backup only, such as akeeba.tuning.max_exec_time=10.")
  Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print the outcome event as JSON, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Service service = Service.start(parent.home(), Plans.foreground(parent.home()))) {
      List<Run> runs = new ArrayList<>();
      for (String name : selected(service)) {
        runs.add(accept(service, name));
      }
      try (Progress progress = Progress.of(runs, json)) {
        List<Event> outcomes = new Follower(service.beans().store()).follow(runs, progress);
        deliver(service);
        progress.close();
        return report(service.beans().json(), outcomes);
      }
    }
  }

  private Set<String> selected(Service service) {
    Set<String> selected = new LinkedHashSet<>(names);
    for (Site site : service.configuration().sites().values()) {
      if (site.enabled() && (all || tag != null && site.tags().contains(tag))) {
        selected.add(site.name());
      }
    }
    if (selected.isEmpty()) {
      throw new ConfigurationException(
          List.of(
              tag == null
                  ? "name a site, or say --all; sites.yaml has: "
                      + String.join(", ", service.configuration().sites().keySet())
                  : "no enabled site has the tag '%s'".formatted(tag)));
    }
    return selected;
  }

  private Run accept(Service service, String name) throws Exception {
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("site", name);
    wish.put("profile", profile);
    wish.put("description", description);
    wish.put("comment", comment);
    wish.put("overrides", overrides.isEmpty() ? null : overrides);
    byte[] body =
        service.beans().json().mapper().writeValueAsString(wish).getBytes(StandardCharsets.UTF_8);
    BackupRequest request = service.beans().reader().read(body, "command");
    try {
      return service
          .context()
          .createProducerTemplate()
          .requestBody("direct:request", request, Run.class);
    } catch (CamelExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** What is not delivered by then goes out with the next serve. */
  private static void deliver(Service service) throws InterruptedException {
    long until = System.nanoTime() + DELIVERY.toNanos();
    while (service.beans().outbox().open(null) > 0 && System.nanoTime() < until) {
      Thread.sleep(100);
    }
  }

  private int report(EventJson writer, List<Event> outcomes) throws Exception {
    int code = ExitCode.COMPLETED;
    for (Event outcome : outcomes) {
      code = ExitCode.worst(code, ExitCode.of(outcome.data().state()));
    }
    if (json) {
      System.out.println(
          outcomes.size() == 1
              ? writer.write(outcomes.get(0))
              : writer.mapper().writeValueAsString(Map.of("outcomes", outcomes)));
    } else {
      outcomes.forEach(outcome -> System.out.print(Summary.of(outcome)));
    }
    return code;
  }
}
