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

# For programs that use the generated checks. All of it is text and finds the rest from where it
# lies, so it may lie anywhere.
include(CMakePackageConfigHelpers)
set(package ${CMAKE_BINARY_DIR}/package)
set(package_files ${CMAKE_INSTALL_DATADIR}/cmake/formc)
configure_package_config_file(cmake/formcConfig.cmake.in ${package}/formcConfig.cmake
  INSTALL_DESTINATION ${package_files}
  PATH_VARS CMAKE_INSTALL_BINDIR CMAKE_INSTALL_DATADIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${package}/formcConfigVersion.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
configure_file(cmake/formc-runtime.pc.in ${package}/formc-runtime.pc @ONLY)
install(FILES runtime/fv.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/formc)
install(FILES ${package}/formcConfig.cmake ${package}/formcConfigVersion.cmake DESTINATION ${package_files})
install(FILES ${package}/formc-runtime.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
