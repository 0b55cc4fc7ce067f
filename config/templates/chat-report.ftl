${subject}
${total} sites: ${sum}
<#if proofs??>
Restore tests: ${proofs}
</#if>
<#list sites as site>
<#if site?index lt 10 && site.reason??>
- ${site.site} (${site.state}): ${site.reason}
</#if>
</#list>
<#if needing gt 10>
and more: the page and "status" list all
</#if>
<#if parked gt 0>
${parked} messages could not be delivered
</#if>
