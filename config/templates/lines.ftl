<#-- The rows as a chat shows them, where nothing is a table. -->
<#list rows as row>
<#if row[1]?has_content>
${row[0]}: ${row[1]}
</#if>
</#list>
