<#-- The facts of one event: what each is called, what it is, whether a chat shows it too. Empty ones are left out. -->
<#assign amount = size!"">
<#if parts gt 1 && size??><#assign amount = size + " in " + parts + " parts"></#if>
<#assign failed = "">
<#if state == "missed"><#assign failed = (failures gt 0)?then(failures + " since then", (error??)?then("", "none since then: nothing was begun, or nothing has ended"))>
<#elseif state == "recovered" && failures gt 0><#assign failed = failures + " before this one">
<#elseif failures gt 1><#assign failed = failures + " in a row"></#if>
<#assign restored = proof!{}>
<#assign rows = [
  ["Site", site, false],
  ["Address", url!"", true],
  ["Last good", lastGood???then(lastGoodAge + " before: " + lastGood, (state == "missed")?then("none since " + since!"the start", "")), true],
  ["Restored on", restored.server!"", true],
  ["Counted", restored.counted!"", true],
  ["Proved last", (state == "proved")?then("", restored.lastAge???then(restored.lastAge + " before: " + restored.last, "")), true],
  ["Failures", failed, true],
  ["Attempts", (attempts gt 1)?then(attempts?c, ""), true],
  ["Next run", nextRun!(state == "missed")?then("none: no schedule, or switched off", ""), state == "failed" || state == "missed"],
  ["Started by", ((trigger!"") == "watch")?then("another client (" + (requestedBy!"watch:unknown")?remove_beginning("watch:") + ")", trigger!""), false],
  ["Started", started!"", false],
  ["Ended", ended!"", false],
  ["Took", duration!"", state != "failed"],
  ["Steps", (steps gt 0)?then(steps?c, ""), false],
  ["Profile", (state == "missed")?then("", profile), false],
  ["Description", description!"", false],
  ["Archive", archive!"", state != "failed"],
  ["Size", amount, state != "failed"],
  ["SHA-256", restored.checksum!"", false],
  ["Content", content!"", false],
  ["At home in", home!"", false],
  ["Record", record!"", false],
  ["Backup id", backupid!"", false],
  ["Run", run!"", false]
]>
