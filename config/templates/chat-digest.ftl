${subject}
${headline}
<#list sections as section>

${section.state?upper_case} (${section.count})
<#list section.groups as group>
<#if group.reason??>
${group.sites} sites, ${group.kind}: ${group.reason}
  ${group.some}
<#elseif ["failed", "missed", "unproved", "untested"]?seq_contains(section.state)>
<#list group.entries[0..*10] as entry>
- ${entry.site}: ${entry.what}
</#list>
<#if group.entries?size gt 10>
and ${group.entries?size - 10} more
</#if>
<#else>
${group.some}
</#if>
</#list>
</#list>
