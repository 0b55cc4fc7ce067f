<#-- The table of facts in the text and the HTML mail: what it is called, what it is. Empty ones are left out. -->
<#assign amount = "">
<#if size??>
  <#assign amount = size>
  <#if parts gt 1><#assign amount = amount + " in " + parts + " parts"></#if>
</#if>
<#assign rows = [
  ["Site", site],
  ["Address", url!""],
  ["Profile", profile],
  ["Started by", trigger!""],
  ["Description", description!""],
  ["Started", started!""],
  ["Ended", ended!""],
  ["Took", duration!""],
  ["Steps", (steps gt 0)?then(steps?c, "")],
  ["Attempts", (attempts gt 1)?then(attempts?c, "")],
  ["Archive", archive!""],
  ["Size", amount],
  ["Record", record!""],
  ["Backup id", backupid!""],
  ["Next run", nextRun!""],
  ["Run", run!""]
]>
<#assign headlines = {
  "started": "The backup of " + site + " has started.",
  "completed": "The backup of " + site + " is complete.",
  "warning": "The backup of " + site + " is complete, with " + warnings.count + " warning" + (warnings.count == 1)?then("", "s") + ".",
  "failed": "The backup of " + site + " failed.",
  "missed": "There is no good backup of " + site + " for too long.",
  "recovered": "The backups of " + site + " are good again."
}>
<#assign headline = headlines[state]!(site + ": " + state)>
