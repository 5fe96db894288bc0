# cpack runs this before and after it packs what was put together for a package.
#
# Before: it sets the time of all files, and adds to a .deb what Debian wants to find in it: who may
# do what with it (copyright), and what changed in the package.
# After: both are packed once more, by tar and dpkg-deb, since cpack leaves in them who packed them
# and with which umask.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  set(ENV{SOURCE_DATE_EPOCH} ${CPACK_FORMC_EPOCH})
endif()
set(moment $ENV{SOURCE_DATE_EPOCH})

macro(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endmacro()

if(CPACK_PACKAGE_FILES AND CPACK_GENERATOR STREQUAL "TGZ")
  get_filename_component(folder ${CPACK_TEMPORARY_DIRECTORY} DIRECTORY)
  get_filename_component(name ${CPACK_TEMPORARY_DIRECTORY} NAME)
  set(tar ${folder}/${name}.tar)
  run(tar --create --file ${tar} --directory ${folder} --sort=name --mtime=@${moment}
    --owner=0 --group=0 --numeric-owner --format=gnu ${name})
  run(gzip -9nf ${tar})
  file(RENAME ${tar}.gz ${CPACK_PACKAGE_FILES})
elseif(CPACK_PACKAGE_FILES)
  run(dpkg-deb --raw-extract ${CPACK_PACKAGE_FILES} ${CPACK_TEMPORARY_DIRECTORY}.deb)
  run(dpkg-deb --root-owner-group --threads-max=1 -Zxz --build ${CPACK_TEMPORARY_DIRECTORY}.deb ${CPACK_PACKAGE_FILES}
    OUTPUT_QUIET)
  file(REMOVE_RECURSE ${CPACK_TEMPORARY_DIRECTORY}.deb)
elseif(CPACK_GENERATOR STREQUAL "DEB")
  set(doc ${CPACK_TEMPORARY_DIRECTORY}/usr/share/doc/formc)
  set(copyright "")
  foreach(file NOTICE LICENSE styles/fonts/OFL.txt styles/sRGB.icc.LICENCE.txt)
    file(READ ${CPACK_FORMC_SOURCE}/${file} text)
    # The libraries are packages with licences of their own.
    string(REGEX REPLACE "\nLibraries of others.*" "" text "${text}")
    string(APPEND copyright "==== ${file} ====\n\n${text}\n")
  endforeach()
  file(WRITE ${doc}/copyright "${copyright}")
  run(date -u -R -d @${moment} OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE)
  file(WRITE ${doc}/changelog.Debian "formc (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) UNRELEASED; urgency=medium

  * Built from the sources by cpack; CHANGELOG.md says what changed in formc.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
  run(gzip -9nf ${doc}/changelog.Debian)
  file(WRITE ${CPACK_TEMPORARY_DIRECTORY}/usr/share/lintian/overrides/formc
"# README.md and other pages lead to it by this name.
formc: wrong-name-for-upstream-changelog *
# It is no upload to Debian.
formc: initial-upload-closes-no-bugs *
")
endif()
if(NOT CPACK_PACKAGE_FILES)
  run(chmod -R u=rwX,go=rX ${CPACK_TEMPORARY_DIRECTORY}) # whatever the umask is
endif()
