# noema_module(name SOURCES a.cpp ... LINKS other packages ...): one static library noema_<name> for the folder <name>.
# noema_options carries what every target of the house is compiled with.
add_library(noema_options INTERFACE)
target_compile_features(noema_options INTERFACE cxx_std_20)
target_include_directories(noema_options INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
# -ffp-contract=off: the same source gives the same bits whether or not the CPU has fused multiply-add.
target_compile_options(noema_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wno-restrict -ffp-contract=off
                       $<$<CXX_COMPILER_ID:Clang>:-Wno-unknown-warning-option> $<$<BOOL:${NOEMA_WERROR}>:-Werror>)
# g++ 12 warns falsely where it inlines the standard library; behind precompiled headers it takes that code for ours, and
# sources compiled as one for headers.
if(NOEMA_WERROR AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(noema_options INTERFACE -Wno-error=stringop-overflow -Wno-error=stringop-overread -Wno-error=array-bounds
                         -Wno-error=restrict -Wno-error=maybe-uninitialized -Wno-error=subobject-linkage)
endif()
if(NOEMA_VALIDATE_THOUGHTS)
  target_compile_definitions(noema_options INTERFACE NOEMA_VALIDATE_THOUGHTS)
endif()
if(NOEMA_SANITIZE)
  target_compile_options(noema_options INTERFACE -fsanitize=${NOEMA_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(noema_options INTERFACE -fsanitize=${NOEMA_SANITIZE})
endif()

# ccache keeps objects made with precompiled headers only when told that this is wanted.
find_program(NOEMA_CCACHE ccache)
if(NOEMA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${NOEMA_CCACHE})
endif()
# Parsing standard and library headers is half of the compile time. It is done twice: for the floors and for the tests,
# which differ in their options, by the first target of either kind.
function(noema_precompile target kind)
  if(NOEMA_PCH)
    get_property(first GLOBAL PROPERTY noema_precompiled_${kind})
    if(first)
      target_precompile_headers(${target} REUSE_FROM ${first})
    else()
      target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/precompiled.h)
      set_property(GLOBAL PROPERTY noema_precompiled_${kind} ${target})
    endif()
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  endif()
endfunction()

# Presets compile several sources as one (CMAKE_UNITY_BUILD), which reads headers once for all of them. Not those named
# here: they have private names that their neighbours have too.
function(noema_compile_alone)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# noema_compile_together(group a.cpp ...): the same for a target whose UNITY_BUILD_MODE is GROUP: these are compiled as one,
# twelve at a time.
function(noema_compile_together group)
  set(count 0)
  foreach(source ${ARGN})
    math(EXPR batch "${count} / 12")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group}_${batch})
    math(EXPR count "${count} + 1")
  endforeach()
endfunction()

function(noema_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(noema_${name} STATIC ${ARG_SOURCES})
  add_library(noema::${name} ALIAS noema_${name})
  set_target_properties(noema_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(noema_${name} PUBLIC noema_options ${ARG_LINKS})
  noema_precompile(noema_${name} floors)
endfunction()

# noema_thread_sanitizer(test options): under the thread sanitizer the test runs with these options too.
function(noema_thread_sanitizer name options)
  if(NOEMA_SANITIZE MATCHES thread)
    set_tests_properties(${name} PROPERTIES ENVIRONMENT
                         "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/tsan.supp:halt_on_error=0${options}")
  endif()
endfunction()

# noema_test(folder a_test.cpp ...): one Catch2 program for the tests that mirror a folder. Checks are much code that runs
# once: with less optimisation they compile in two thirds of the time, and what they check is compiled as ever.
function(noema_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name}_test ${ARG_SOURCES})
  target_link_libraries(${name}_test PRIVATE noema_test_main ${ARG_LINKS})
  target_compile_options(${name}_test PRIVATE $<$<CONFIG:Release>:-O1>)
  noema_precompile(${name}_test tests)
  add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  noema_thread_sanitizer(${name} "")
endfunction()
