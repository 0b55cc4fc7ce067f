<#-- The events of a digest: a group has one reason, or none; of a large one there are only the names. -->
<#list sections as section>

${section.state?upper_case} (${section.count})
<#list section.groups as group>
<#if group.reason??>

${group.sites} sites, ${group.kind}: ${group.reason}
<#if group.advice??>
  What to do: ${group.advice}
</#if>
</#if>
<#if group.names??>
  ${group.time}
  ${group.names}
</#if>
<#if group.others>

Others:
</#if>
<#list group.entries as entry>
  ${entry.time}  ${entry.site?right_pad(16)}  ${entry.what}
</#list>
</#list>
</#list>
