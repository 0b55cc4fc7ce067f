<#include "opening.ftl">

${total} sites<#if tags??> of ${tags}</#if>: ${sum}
<#if proofs??>
Restore tests: ${proofs}
</#if>
<#if parked gt 0>${parked} message<#if parked != 1>s</#if> could not be delivered: see "outbox list --parked".
</#if>
<#list sites as site>

${site.state?upper_case?right_pad(10)} ${site.site}
  ${site.strip}
  <#if site.last??>last good ${site.last}, ${site.age} old<#else>no good backup yet</#if>; ${site.next}
<#if site.proof??>
  ${site.proof}
</#if>
<#if site.reason??>
  ${site.reason}
</#if>
</#list>
<#if more??>

and ${more} more; the worst are listed first
</#if>

A letter a day of UTC, today last: c completed, w with warnings, f failed, m
missed, r running, p paused, - nothing due, . not known yet.
Times are those of ${zone}.<#if next??> Next report: ${next}</#if>
