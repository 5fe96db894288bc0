<?xml version="1.0" encoding="UTF-8"?>
<!-- The words that documents add to those of the form: page furniture, placeholders, the names of
     tables for screen readers. They come beside the model, in the form's language
     (docs/programs.md); {name} in them is a place where something is put in. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:ws="urn:formc:words:1" xmlns:fx="urn:formc:program:1"
    exclude-result-prefixes="m ws fx">
  <xsl:key name="words" match="ws:word" use="@id"/>
  <!-- All of them, for sheets that look through them; one is found much faster by key. -->
  <xsl:variable name="words" select="/m:form/ws:words/ws:word"/>

  <!-- The words with this id, their places filled: the label given, the form's version, the
       plan's id and stage, the row's number, or what a plan was checked for. -->
  <xsl:template name="say">
    <xsl:param name="id"/>
    <xsl:param name="label"/>
    <xsl:call-template name="say-words">
      <xsl:with-param name="words" select="string(key('words', $id))"/>
      <xsl:with-param name="label" select="$label"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="say-words">
    <xsl:param name="words"/>
    <xsl:param name="label"/>
    <xsl:variable name="place" select="substring-before(substring-after($words, '{'), '}')"/>
    <xsl:choose>
      <xsl:when test="$place != ''">
        <xsl:value-of select="substring-before($words, '{')"/>
        <xsl:choose>
          <xsl:when test="$place = 'label'"><xsl:value-of select="$label"/></xsl:when>
          <xsl:when test="$place = 'version'"><xsl:value-of select="/m:form/@version"/></xsl:when>
          <xsl:when test="$place = 'plan'"><fx:value as="plan-id"/></xsl:when>
          <xsl:when test="$place = 'row'"><fx:value as="row"/></xsl:when>
          <xsl:when test="$place = 'stage'"><fx:value as="stage"/></xsl:when>
          <xsl:when test="$place = 'checked'"><fx:value as="checked-stage"/></xsl:when>
          <xsl:when test="$place = 'party'"><fx:value as="checked-party"/></xsl:when>
          <xsl:when test="$place = 'day'"><fx:value as="checked-day"/></xsl:when>
        </xsl:choose>
        <xsl:call-template name="say-words">
          <xsl:with-param name="words" select="substring-after(substring-after($words, '{'), '}')"/>
          <xsl:with-param name="label" select="$label"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
