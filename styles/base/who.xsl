<?xml version="1.0" encoding="UTF-8"?>
<!-- Who completes which parts of the form. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" exclude-result-prefixes="m">
  <xsl:key name="completed" match="/m:form/m:body/m:section[@owners != '']" use="concat(@owners, '|', @jointly)"/>

  <!-- The first section of each group of parties; there is something to say when there are two. -->
  <xsl:variable name="completed" select="/m:form/m:body/m:section[@owners != ''][
      count(. | key('completed', concat(@owners, '|', @jointly))[1]) = 1]"/>

  <!-- The notes that the form begins with: they say what it is for. -->
  <xsl:variable name="purpose" select="/m:form/m:body/m:note[not(preceding-sibling::m:*[not(self::m:note)])]"/>

  <!-- Do the parties of the current section complete it together? -->
  <xsl:template name="jointly"><xsl:if test="@jointly = 'yes' and contains(@owners, ' ')">yes</xsl:if></xsl:template>
</xsl:stylesheet>
