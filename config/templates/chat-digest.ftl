${subject}
${headline}
<#list sections as section>

${section.state?upper_case} (${section.count})
<#list section.groups as group>
<#if group.reason??>${group.sites} sites, ${group.kind}: ${group.reason} </#if>${group.some}
</#list>
</#list>
