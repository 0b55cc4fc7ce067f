package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.util.Map;
import java.util.TreeMap;

/** The backup profiles of the site, and their export and import. */
final class ProfileStore {
  private final ProductProfile manner;
  private final SimulatorSettings settings;
  private final Map<Integer, String> names = new TreeMap<>(Map.of(1, "Default Backup Profile"));
  private final Map<Integer, ObjectNode> imported = new TreeMap<>();

  ProfileStore(ProductProfile manner, SimulatorSettings settings) {
    this.manner = manner;
    this.settings = settings;
  }

  synchronized void set(Object... numbersAndNames) {
    names.clear();
    for (int i = 0; i < numbersAndNames.length; i += 2) {
      names.put((Integer) numbersAndNames[i], (String) numbersAndNames[i + 1]);
    }
  }

  /** Ids are numbers on J, strings on W. */
  synchronized JsonNode list() {
    ArrayNode list = PhpJson.object().putArray("profiles");
    names.forEach(
        (id, name) -> {
          ObjectNode profile = list.addObject();
          if (manner.joomla()) {
            profile.put("id", id);
          } else {
            profile.put("id", String.valueOf(id));
          }
          profile.put("name", name);
        });
    return list;
  }

  /** An unknown profile: J gives three nulls, W a 404. */
  synchronized JsonNode export(int id) {
    if (imported.containsKey(id)) {
      return imported.get(id);
    }
    if (!names.containsKey(id) && !manner.joomla()) {
      throw new ApiErrorException(404, "Profile not found");
    }
    boolean known = names.containsKey(id);
    ObjectNode export = PhpJson.object();
    export.put("description", names.get(id));
    export.put("configuration", known ? configuration() : null);
    return export.put("filters", known ? "{}" : null);
  }

  /** Answers {@code true}, never the new id; W stores it damaged. */
  synchronized void importProfile(Map<String, String> params) {
    ObjectNode profile = PhpJson.object();
    for (String member : new String[] {"description", "configuration", "filters"}) {
      String text = params.get("data[" + member + "]");
      if (text == null) {
        throw new ApiErrorException(
            0, "Invalid file. This doesn't look like an exported profile .json file.");
      }
      profile.put(member, manner.joomla() ? text : text.replaceAll("([\\\\'\"])", "\\\\$1"));
    }
    int id = names.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    names.put(id, params.get("data[description]"));
    imported.put(id, profile);
  }

  private String configuration() {
    ObjectNode all = PhpJson.object();
    all.putObject("global");
    ObjectNode akeeba = all.putObject("akeeba");
    akeeba
        .putObject("tuning")
        .put("min_exec_time", String.valueOf(settings.minExecTime.toMillis()))
        .put("max_exec_time", "14")
        .put("run_time_bias", "75");
    akeeba.putObject("advanced").put("archiver_engine", "jpa").put("postproc_engine", "none");
    akeeba
        .putObject("basic")
        .put("output_directory", manner.folder())
        .put("backup_type", "full")
        .put("clientsidewait", "0");
    return all.toPrettyString();
  }
}
