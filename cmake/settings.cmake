# Settings for every target of the project: language, warnings, hardening, sanitizers.
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

option(FORMC_WERROR "Treat warnings as errors" OFF)
option(FORMC_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)
option(FORMC_COVERAGE "Build for gcov" OFF)
option(FORMC_FUZZ "Build for libFuzzer, with clang" OFF)

include(GNUInstallDirs)
find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBXML2 REQUIRED IMPORTED_TARGET libxml-2.0>=2.9)
pkg_check_modules(LIBXSLT REQUIRED IMPORTED_TARGET libxslt>=1.1)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip>=1.7)
pkg_check_modules(QPDF REQUIRED IMPORTED_TARGET libqpdf>=11)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson>=2.14)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)
pkg_check_modules(HARFBUZZ REQUIRED IMPORTED_TARGET harfbuzz harfbuzz-subset)
pkg_check_modules(FRIBIDI REQUIRED IMPORTED_TARGET fribidi)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc)
pkg_check_modules(LIBPNG REQUIRED IMPORTED_TARGET libpng)
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)
find_library(HARU_LIBRARY NAMES hpdf REQUIRED)

add_library(formc_settings INTERFACE)
target_include_directories(formc_settings INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(formc_settings INTERFACE _POSIX_C_SOURCE=200809L)
target_compile_options(formc_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
  -Wcast-qual -Wwrite-strings -Wformat=2 -Wundef -Wvla -Wdouble-promotion
  -Wimplicit-fallthrough -fno-strict-aliasing -fvisibility=hidden)
if(FORMC_WERROR)
  target_compile_options(formc_settings INTERFACE -Werror)
endif()
if(FORMC_SANITIZE)
  target_compile_options(formc_settings INTERFACE -fsanitize=address,undefined
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(formc_settings INTERFACE -fsanitize=address,undefined)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  target_compile_options(formc_settings INTERFACE -fstack-protector-strong -fstack-clash-protection
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  target_link_options(formc_settings INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
if(FORMC_FUZZ)
  target_compile_options(formc_settings INTERFACE -fsanitize=fuzzer-no-link)
  target_compile_definitions(formc_settings INTERFACE FC_ARENA_MALLOC) # every object by itself
endif()
if(FORMC_COVERAGE)
  target_compile_options(formc_settings INTERFACE --coverage -O0)
  target_link_options(formc_settings INTERFACE --coverage)
endif()

# formc_library(NAME sources...): a static library of the project.
function(formc_library name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PUBLIC formc_settings)
endfunction()
