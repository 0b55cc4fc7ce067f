<#-- What to do about it. -->
<#if advice??>
What to do: ${advice}

</#if>
