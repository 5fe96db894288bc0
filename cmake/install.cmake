# What `cmake --install` puts where. The program carries its stylesheets and fonts inside.
install(FILES README.md LICENSE NOTICE CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES styles/fonts/OFL.txt DESTINATION ${CMAKE_INSTALL_DOCDIR}/fonts)
install(FILES styles/sRGB.icc.LICENCE.txt DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
install(DIRECTORY forms DESTINATION ${CMAKE_INSTALL_DATADIR}/formc)
