// The scripts that a newcomer runs first.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "base/files.h"
#include "tests/app/program.h"

namespace fs = std::filesystem;
using noema::tests::Workplace;

namespace {

const fs::path kScripts = fs::path(NOEMA_SOURCE_DIR) / "script";

std::string printed_by(const std::string& command) {
  const Workplace work;
  const std::string out = work.file("out");
  REQUIRE(std::system((command + " > " + out + " 2>&1").c_str()) == 0);
  return noema::base::read_file(out);
}

}  // namespace

TEST_CASE("every shell script can be read by its shell") {
  std::size_t scripts = 0;
  for (const auto& entry : fs::directory_iterator(kScripts)) {
    const std::string text = noema::base::read_file(entry.path().string());
    const std::string shell = text.starts_with("#!/bin/sh")             ? "sh"
                              : text.starts_with("#!/usr/bin/env bash") ? "bash"
                                                                        : "";
    if (shell.empty()) continue;
    INFO(entry.path());
    CHECK(printed_by(shell + " -n " + entry.path().string()).empty());
    ++scripts;
  }
  CHECK(scripts >= 5);
}

TEST_CASE("the packages that are installed are those that the build looks for, a name a line, each with a reason") {
  const std::string names = printed_by((kScripts / "packages").string());
  for (const char* name :
       {"g++\n", "libsqlite3-dev\n", "libcpp-httplib-dev\n", "tao-pegtl-dev\n", "catch2\n", "xz-utils\n"})
    CHECK(names.find(name) != std::string::npos);
  CHECK(names.find(' ') == std::string::npos);
  CHECK_THAT(printed_by((kScripts / "packages").string() + " --why"), Catch::Contains("the tests\n"));
}
