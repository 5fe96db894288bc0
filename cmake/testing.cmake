# How tests are registered. Labels: "parts" are tests of our code (they also run in the build with
# sanitizers); "tree" are checks of the sources themselves; "bench" are measurements;
# "nightly" are those that take long: `ctest --preset nightly` runs them, ./test does not; "corpus"
# is the one that needs a folder of files: `FORMC_CORPUS=DIR ctest --preset corpus`.
find_package(cmocka QUIET)
find_package(Python3 COMPONENTS Interpreter QUIET)
# The distribution packages lxml for its own Python, which need not be the first on the path.
if(Python3_FOUND)
  execute_process(COMMAND ${Python3_EXECUTABLE} -c "import lxml" RESULT_VARIABLE no_lxml ERROR_QUIET)
  if(no_lxml AND EXISTS /usr/bin/python3)
    set(Python3_EXECUTABLE /usr/bin/python3)
  endif()
endif()

# formc_unit_test(NAME source... LIBS library...): a cmocka program.
function(formc_unit_test name)
  cmake_parse_arguments(arg "" "" "LIBS" ${ARGN})
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${arg_LIBS} formc_settings cmocka)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS parts TIMEOUT 120)
endfunction()

# formc_script_test(NAME script args... [LABEL label] [TIMEOUT seconds]): a Python script, given
# from the current folder. It finds the program in FORMC, the top folder in FORMC_SOURCE, the
# build in FORMC_BUILD, the C compiler in CC, and modules of tests/support on its path.
function(formc_script_test name script)
  cmake_parse_arguments(arg "" "LABEL;TIMEOUT" "" ${ARGN})
  if(NOT arg_LABEL)
    set(arg_LABEL parts)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  add_test(NAME ${name}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/${script} ${arg_UNPARSED_ARGUMENTS}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "FORMC=$<TARGET_FILE:formc>;FORMC_SOURCE=${CMAKE_SOURCE_DIR};FORMC_BUILD=${CMAKE_BINARY_DIR};CC=${CMAKE_C_COMPILER};PYTHONPATH=${CMAKE_SOURCE_DIR}/tests/support;PYTHONDONTWRITEBYTECODE=1")
endfunction()
