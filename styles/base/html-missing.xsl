<?xml version="1.0" encoding="UTF-8"?>
<!-- What is still missing in a plan, and whose job it is, as a page for browsers. It says what the
     same page as a PDF says (pdf-missing.xsl), has no script and holds no plan. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1" xmlns:fx="urn:formc:program:1"
    xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="m th">
  <xsl:import href="formc:html.xsl"/>

  <xsl:template match="/">
    <html lang="{$form/@lang}" dir="{$form/@dir}">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-style---------------------------------------'; base-uri 'none'; form-action 'none'"/>
        <meta name="referrer" content="no-referrer"/>
        <title><xsl:value-of select="concat(key('words', 'missing'), ': ', $form/@title)"/></title>
        <style><xsl:call-template name="colours"/><xsl:value-of select="$css"/></style>
      </head>
      <body>
        <xsl:call-template name="banner"/>
        <div class="sheet">
          <main id="main"><xsl:call-template name="missing"/></main>
        </div>
        <xsl:call-template name="foot"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="title">
    <h1><xsl:value-of select="key('words', 'missing')"/></h1>
    <p><xsl:call-template name="title-tongue"/><xsl:value-of select="$form/@title"/></p>
  </xsl:template>

  <xsl:template name="missing">
    <p class="checked">
      <fx:when checked-stage="yes">
        <xsl:call-template name="say"><xsl:with-param name="id" select="'missing-at'"/></xsl:call-template>
      </fx:when>
      <fx:when checked-stage="no">
        <xsl:call-template name="say"><xsl:with-param name="id" select="'missing-on'"/></xsl:call-template>
      </fx:when>
      <xsl:text>. </xsl:text>
      <fx:when checked-party="yes">
        <xsl:call-template name="say"><xsl:with-param name="id" select="'missing-party'"/></xsl:call-template>
        <xsl:text> </xsl:text>
      </fx:when>
      <xsl:value-of select="key('words', 'missing-shows')"/>
    </p>
    <fx:when findings="none"><p><strong><xsl:value-of select="key('words', 'missing-nothing')"/></strong></p></fx:when>
    <fx:owners>
      <h2><fx:value as="owners"/></h2>
      <ul class="findings">
        <fx:findings>
          <li>
            <h3><fx:value as="question"/></h3>
            <fx:when finding="part"><p class="hint"><fx:value as="part"/></p></fx:when>
            <p>
              <fx:when finding="error"><strong><xsl:value-of select="key('words', 'missing-error')"/></strong></fx:when>
              <fx:when finding="warning"><strong><xsl:value-of select="key('words', 'missing-warning')"/></strong></fx:when>
              <fx:when finding="advice"><strong><xsl:value-of select="key('words', 'missing-advice')"/></strong></fx:when>
              <xsl:text> </xsl:text>
              <fx:value as="finding"/>
              <fx:when finding="why"><xsl:text> (</xsl:text><fx:value as="why"/><xsl:text>)</xsl:text></fx:when>
            </p>
          </li>
        </fx:findings>
      </ul>
    </fx:owners>
  </xsl:template>
</xsl:stylesheet>
