# What `cmake --install` and cpack put where. The program carries its stylesheets and fonts inside.
install(TARGETS formc RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES README.md LICENSE NOTICE CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES styles/fonts/OFL.txt DESTINATION ${CMAKE_INSTALL_DOCDIR}/fonts)
install(FILES styles/sRGB.icc.LICENCE.txt DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
install(DIRECTORY forms DESTINATION ${CMAKE_INSTALL_DATADIR}/formc)

# Made by the program: cli/CMakeLists.txt.
set(pages ${CMAKE_BINARY_DIR}/cli)
install(FILES ${pages}/formc.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${pages}/formc.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME formc)
install(FILES ${pages}/_formc DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${pages}/formc.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
