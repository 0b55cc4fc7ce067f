<#-- How the text of a mail begins. -->
${headline}
<#if test>

This is a test. No backup has ended like this.
</#if>

