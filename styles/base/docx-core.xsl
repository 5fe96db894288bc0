<?xml version="1.0" encoding="UTF-8"?>
<!-- docProps/core.xml: title and language. No author and no dates: they would say who ran the
     program and when, and the same form must give the same bytes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" exclude-result-prefixes="m">
  <xsl:include href="formc:words.xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <xsl:param name="missing" select="'no'"/>

  <xsl:template match="/m:form">
    <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
        xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title>
        <xsl:if test="$missing = 'yes'"><xsl:value-of select="concat(key('words', 'missing'), ': ')"/></xsl:if>
        <xsl:value-of select="@title"/>
      </dc:title>
      <dc:language><xsl:value-of select="@lang"/></dc:language>
      <cp:version><xsl:value-of select="@version"/></cp:version>
    </cp:coreProperties>
  </xsl:template>
</xsl:stylesheet>
