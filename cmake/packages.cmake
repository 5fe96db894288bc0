# cpack makes a .deb and a .tar.gz. The same sources and compiler give the same bytes: nothing in
# them is of the day, the person or the folder they were made in.
set(FORMC_CONTACT "formc maintainers <formc@formc.invalid>" CACHE STRING "Who answers for a package: Name <address>")
execute_process(COMMAND date -u -d ${FORMC_DATE} +%s OUTPUT_VARIABLE formc_epoch OUTPUT_STRIP_TRAILING_WHITESPACE)

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PACKAGE_NAME formc)
set(CPACK_SYSTEM_NAME ${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_PACKAGE_CONTACT "${FORMC_CONTACT}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "compiler of forms: Word, PDF, web page and checks from one definition")
set(CPACK_PACKAGE_DESCRIPTION
"formc makes from one definition of a form a Word document, a PDF and a page
for browsers to fill in, and C code that checks completed forms. It reads back
what people filled in, says what is missing or wrong in it, and prints the
record.

The package holds the command, example forms, the documentation, and what C
and C++ programs need that build with the generated checks.")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/cmake/package-finish.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/cmake/package-finish.cmake)
set(CPACK_FORMC_EPOCH ${formc_epoch})
set(CPACK_FORMC_SOURCE ${CMAKE_SOURCE_DIR})

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # Depends is what the program is linked with
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gcc | c-compiler, libxml2-dev, pkg-config")
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip) # for now: cmake/package-finish.cmake packs it once more, with xz
include(CPack)
