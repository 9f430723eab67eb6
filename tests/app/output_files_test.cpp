#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema;
using namespace noema::tests;
namespace fs = std::filesystem;

namespace {

std::string model_of(const Workplace& work) {
  const std::string model = work.file("a.model"), text = work.write("text.txt", world_text(20));
  REQUIRE(run_noema({"train", "--text", text, "--out", model, "--preset", "tiny", "--steps", "1"}).status == 0);
  return model;
}

}  // namespace

TEST_CASE("results go through FIFOs and links, and a FIFO and a link are still what they were") {
  const Workplace work;
  const std::string model = model_of(work);
  const fs::path fifo = work.path / "fifo", link = work.path / "link";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  fs::create_symlink("target.svg", link);
  const auto draw = [&](const std::string& svg) { return run_noema({"attention", model, "the king", "--svg", svg}); };
  std::string read;
  std::thread reader([&] {
    std::ifstream in(fifo);
    read.assign(std::istreambuf_iterator<char>(in), {});
  });
  CHECK(draw(fifo).status == 0);
  reader.join();
  CHECK_THAT(read, Catch::Contains("<svg"));
  CHECK(fs::is_fifo(fifo));
  CHECK(draw(link).status == 0);
  CHECK(fs::is_symlink(link));
  CHECK(base::read_file(work.path / "target.svg") == read);
  CHECK_THAT(draw("/dev/stdout").out, Catch::Contains("<svg"));
  check_complaint(draw("/dev/full"), 1, "No space left");
  check_complaint(draw(work.path), 1, "is a folder");
}

TEST_CASE("standard output that cannot be written to is an error of every command, help included") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(100)), "--quiet"}).status == 0);
  const std::vector<std::vector<std::string>> commands{{"status", life},           {"status", life, "--json"},
                                                       {"recall", life, "animal"}, {"show", life, "animal"},
                                                       {"export", life},           {"arms"},
                                                       {"streams", "--json"},      {"--help"},
                                                       {"feed", "--help"},         {"--version"}};
  for (const auto& command : commands) check_complaint(run_noema_into("/dev/full", command), 1, "standard output");
}

TEST_CASE("standard output that was closed by its reader is an error, not a silent end") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(200)), "--quiet"}).status == 0);
  const fs::path fifo = work.path / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  std::thread reader([&] { std::ifstream in(fifo); });  // opens it, reads nothing, closes it
  check_complaint(run_noema_into(fifo, {"export", life}), 1, "the reading end was closed");
  reader.join();
}
