<#-- What a chat shows of the facts. -->
<#include "rows.ftl">
<#list rows as row>
<#if row[1]?has_content && row[2]>
${row[0]}: ${row[1]}
</#if>
</#list>
<#if test>
This is a test. No backup has ended like this.
</#if>
