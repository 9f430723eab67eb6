// A life of images and texts: fed, asked, checked, replayed, exported; and files of images that are refused.

#include <catch2/catch.hpp>

#include "tests/app/program.h"
#include "tests/memory/images/image_files.h"

using namespace noema::tests;
namespace memory = noema::memory;

namespace {

nlohmann::json last_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--quiet", "--json"});
  const Outcome outcome = run_noema(arguments);
  INFO(arguments.front() << ": " << outcome.err);
  REQUIRE(outcome.status == 0);
  return outcome.json().empty() ? nlohmann::json() : outcome.json().back();
}

}  // namespace

TEST_CASE("a life of images and texts names both, and bears replay, check, recall, forgetting, export and the past") {
  const Workplace work;
  const std::string life = work.life();
  const std::string bars = memory::write_bars(work.path / "taught", 12).string();
  CHECK(last_of({"feed", life, bars, "--format", "images", "--think", "4"})["inputs"] == 12);
  CHECK(last_of({"feed", life, bars, "--format", "images"})["inputs"] == 0);
  const std::string texts = work.write("t.tsv", "rain\twill it rain today\nmoney\tpay my bill today\n");
  CHECK(last_of({"feed", life, texts, "--format", "labelled", "--think", "4"})["inputs"] == 2);

  memory::write_bytes(work.path / "asked/a.png", memory::png_of(memory::bar(0, 8)));
  memory::write_bytes(work.path / "asked/b.png", memory::png_of(memory::bar(1, 8)));
  const auto rows = run_noema({"classify", life, "--inputs", work.file("asked"), "--json"}).json();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["line"] == 1);
  CHECK(rows[0]["likeliest"] == "0");
  CHECK(rows[0]["runner_up"] == "1");
  CHECK(rows[1]["likeliest"] == "1");
  const auto shown = run_noema({"classify", life, "--inputs", bars});
  CHECK_THAT(shown.out, Catch::StartsWith("    1  [image of 12 x 12 pixels]\n       0 ("));
  CHECK(last_of({"classify", life, "--inputs", work.write("q.txt", "pay the bill\n")})["likeliest"] == "money");

  CHECK(last_of({"recall", life, "today"})["text"].get<std::string>().find("today") != std::string::npos);
  CHECK(last_of({"think", life, "--until-quiet", "--no-consolidate"}).contains("thoughts"));
  CHECK(last_of({"ask", life, "will it rain today", "--no-learn"}).contains("answer"));
  const auto forgotten = last_of({"forget", life, "2"});
  CHECK(forgotten["text"] == "[image of 12 x 12 pixels, labelled 1]");
  CHECK(last_of({"query", life, "SELECT count(*) AS n FROM episode WHERE kind = 'image'"})["n"] == 12);
  CHECK(last_of({"export", life, "--format", "json"}).is_object());
  CHECK(last_of({"check", life})["ok"] == true);
  CHECK(last_of({"replay", life})["same"] == true);
  CHECK(last_of({"recall", life, "today", "--as-of", "13"})["text"] == "will it rain today");
  CHECK(last_of({"backup", life, work.file("copy.life")}).is_object());
  CHECK(last_of({"check", work.file("copy.life")})["ok"] == true);
}

TEST_CASE("images that cannot be taken are refused with what, where and what to do, and nothing of them is stored") {
  const Workplace work;
  const std::string life = work.life();
  const auto refused = [&](const std::string& images, int status, const std::string& says) {
    check_complaint(run_noema({"feed", life, images, "--format", "images", "--think", "off"}), status, says);
  };
  const std::string images = work.file("bars-images-idx3-ubyte"), labels = work.file("bars-labels-idx1-ubyte");
  memory::write_bars(work.path, 4);
  std::filesystem::resize_file(images, 100);
  refused(images, 1, "bars-images-idx3-ubyte: it ends after 84 of 576 bytes");
  memory::write_bars(work.path, 4);
  std::filesystem::resize_file(labels, 11);
  refused(images, 1, "bars-labels-idx1-ubyte: it ends after 3 of 4 bytes");
  memory::write_bytes(labels, memory::idx_header({5}) + "abcde");
  refused(images, 1, "expected as many");
  refused(labels, 1, "its name does not say which file holds its labels");
  memory::write_bytes(images, memory::idx_header({4294967295U, 4294967295U, 4294967295U}));
  refused(images, 1, "a dimension is 4294967295");
  refused("-", 2, "name a file or a folder");
  refused(work.file("none"), 1, "none: no such file");
  memory::write_bytes(work.path / "in/a/x.png", memory::png_of(memory::bar(0, 1)).substr(0, 50));
  refused(work.file("in"), 1, "x.png: is a broken PNG");
  refused(work.write("t.txt", "text\n"), 1, "t.txt: its name does not say which file holds its labels");
  CHECK(last_of({"status", life})["episodes"] == 0);
  CHECK(last_of({"check", life})["ok"] == true);
  check_complaint(run_noema({"feed", "http://localhost:1", work.file("in"), "--format", "images"}), 2,
                  "takes no images");
}
