<?xml version="1.0" encoding="UTF-8"?>
<!-- word/glossary/document.xml: the texts that stand in empty controls (17.12). When people empty
     a control, Word puts the text from here back. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    exclude-result-prefixes="m">
  <xsl:include href="formc:docx-text.xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <xsl:param name="text-id" select="'{00000000-0000-0000-0000-000000000001}'"/>
  <xsl:param name="date-id" select="'{00000000-0000-0000-0000-000000000002}'"/>
  <xsl:param name="choice-id" select="'{00000000-0000-0000-0000-000000000003}'"/>
  <xsl:param name="mark-id" select="'{00000000-0000-0000-0000-000000000004}'"/>
  <xsl:param name="part-date-id" select="'{00000000-0000-0000-0000-000000000005}'"/>

  <xsl:template match="/">
    <w:glossaryDocument>
      <w:docParts>
        <xsl:call-template name="part">
          <xsl:with-param name="name" select="'formc-text'"/>
          <xsl:with-param name="id" select="$text-id"/>
          <xsl:with-param name="text" select="key('words', 'place-text')"/>
        </xsl:call-template>
        <xsl:call-template name="part">
          <xsl:with-param name="name" select="'formc-date'"/>
          <xsl:with-param name="id" select="$date-id"/>
          <xsl:with-param name="text" select="key('words', 'place-date')"/>
        </xsl:call-template>
        <xsl:call-template name="part">
          <xsl:with-param name="name" select="'formc-choice'"/>
          <xsl:with-param name="id" select="$choice-id"/>
          <xsl:with-param name="text" select="key('words', 'place-choice')"/>
        </xsl:call-template>
        <xsl:call-template name="part">
          <xsl:with-param name="name" select="'formc-mark'"/>
          <xsl:with-param name="id" select="$mark-id"/>
          <xsl:with-param name="text" select="key('words', 'place-mark')"/>
        </xsl:call-template>
        <xsl:call-template name="part">
          <xsl:with-param name="name" select="'formc-part-date'"/>
          <xsl:with-param name="id" select="$part-date-id"/>
          <xsl:with-param name="text" select="key('words', 'place-part-date')"/>
        </xsl:call-template>
      </w:docParts>
    </w:glossaryDocument>
  </xsl:template>

  <xsl:template name="part">
    <xsl:param name="name"/>
    <xsl:param name="id"/>
    <xsl:param name="text"/>
    <w:docPart>
      <w:docPartPr>
        <w:name w:val="{$name}"/>
        <w:category><w:name w:val="General"/><w:gallery w:val="placeholder"/></w:category>
        <w:types><w:type w:val="bbPlcHdr"/></w:types>
        <w:behaviors><w:behavior w:val="content"/></w:behaviors>
        <w:guid w:val="{$id}"/>
      </w:docPartPr>
      <w:docPartBody>
        <w:p>
          <w:r>
            <xsl:call-template name="language">
              <xsl:with-param name="style" select="'PlaceholderText'"/>
              <xsl:with-param name="dir" select="string(/m:form/@dir)"/>
            </xsl:call-template>
            <w:t><xsl:value-of select="$text"/></w:t>
          </w:r>
        </w:p>
      </w:docPartBody>
    </w:docPart>
  </xsl:template>
</xsl:stylesheet>
