package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.util.Map;
import java.util.TreeMap;

final class ProfileStore {
  private final SimulatorSettings settings;
  private final Map<Integer, String> names = new TreeMap<>(Map.of(1, "Default Backup Profile"));
  private final Map<Integer, ObjectNode> imported = new TreeMap<>();

  ProfileStore(SimulatorSettings settings) {
    this.settings = settings;
  }

  synchronized void set(Object... numbersAndNames) {
    names.clear();
    for (int i = 0; i < numbersAndNames.length; i += 2) {
      names.put((Integer) numbersAndNames[i], (String) numbersAndNames[i + 1]);
    }
  }

  /** Ids are numbers on Joomla, strings elsewhere. */
  synchronized JsonNode list() {
    ArrayNode list = PhpJson.object().putArray("profiles");
    names.forEach(
        (id, name) -> {
          JsonNode value =
              settings.product.joomla()
                  ? IntNode.valueOf(id)
                  : TextNode.valueOf(String.valueOf(id));
          list.addObject().<ObjectNode>set("id", value).put("name", name);
        });
    return list;
  }

  /** An unknown profile: three nulls on Joomla, a 404 elsewhere. */
  synchronized JsonNode export(int id) {
    if (imported.containsKey(id)) {
      return imported.get(id);
    }
    boolean known = names.containsKey(id);
    if (!known && !settings.product.joomla()) {
      throw new ApiErrorException(404, "Profile not found");
    }
    ObjectNode export = PhpJson.object();
    export.put("description", names.get(id));
    export.put("configuration", known ? configuration() : null);
    return export.put("filters", known ? "{}" : null);
  }

  /** The answer is {@code true}, never the new id; WordPress and Solo store it damaged. */
  synchronized void importProfile(Map<String, String> params) {
    ObjectNode profile = PhpJson.object();
    for (String member : new String[] {"description", "configuration", "filters"}) {
      String text = params.get("data[" + member + "]");
      if (text == null) {
        throw new ApiErrorException(
            0, "Invalid file. This doesn't look like an exported profile .json file.");
      }
      profile.put(
          member, settings.product.joomla() ? text : text.replaceAll("([\\\\'\"])", "\\\\$1"));
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
        .put("output_directory", settings.product.folder)
        .put("backup_type", "full")
        .put("clientsidewait", "0");
    return all.toPrettyString();
  }
}
