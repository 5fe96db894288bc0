<?xml version="1.0" encoding="UTF-8"?>
<!-- word/header2.xml: at the top of the first page, which has the title in its text, what the theme
     says there. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="formc:docx-header.xsl"/>
  <xsl:param name="first" select="'yes'"/>
</xsl:stylesheet>
