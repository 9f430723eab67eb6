#include <sys/mount.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema::tests;
namespace fs = std::filesystem;

TEST_CASE("files that cannot be fed are named in one line, and what came before is kept") {
  const Workplace work;
  const std::string life = work.life();
  const auto feed = [&](const std::string& file, const std::string& format = "text") {
    return run_noema({"feed", life, file, "--format", format, "--quiet"});
  };
  check_complaint(feed(work.file("none.txt")), 1, "no such file");
  check_complaint(feed(work.path.string()), 1, "is a folder");
  check_complaint(feed(work.write("binary", std::string("ok\n\x00\x01\x02\n", 7))), 1, "binary:2");
  check_complaint(feed(work.write("latin1", "caf\xe9\n")), 1, "latin1:1: byte 3 is not UTF-8");
  check_complaint(feed(work.write("huge.jsonl", std::string(17 << 20, 'x')), "jsonl"), 1, "longer than 16 MiB");
  check_complaint(feed(work.write("cut.xz", std::string("\xfd"
                                                        "7zXZ\x00\x00\x04\xe6\xd6",
                                                        10))),
                  1, "broken or truncated");
  check_complaint(feed(work.write("x.jsonl", "{\"text\": \"fine\"}\n{\"text\": \n"), "jsonl"), 1, "x.jsonl:2");
  check_complaint(feed(work.write("y.jsonl", "[1]\n"), "jsonl"), 1, "expected a JSON object");
  check_complaint(feed(work.write("z.jsonl", "{\"text\": 3.5}\n"), "jsonl"), 1, "expected a string");
  check_complaint(feed(work.write("n.jsonl", "{\"text\": \"a\"}\n{\"text\": 5}\n"), "jsonl"), 1,
                  "n.jsonl:2: \"text\" is 5");
  check_complaint(feed(work.write("d.jsonl", "{\"text\": \"a\", \"time\": \"2023-02-30\"}\n"), "jsonl"), 1,
                  "d.jsonl:1: \"time\": \"2023-02-30\" is no time");
  check_complaint(feed(work.write("t.jsonl", "{\"text\": \"a\", \"time\": \"yesterday\"}\n"), "jsonl"), 1, "ISO 8601");
  CHECK(feed(work.write("u.jsonl", "{\"text\": \"a\", \"time\": \"2024-02-29T12:00:00+02:00\"}\n"), "jsonl").status ==
        0);
  check_complaint(feed(work.write("l.tsv", "no tab here\n"), "labelled"), 1, "expected label<TAB>text");
  check_complaint(
      feed(work.write("twice.jsonl", "{\"text\":\"a\",\"id\":\"1\"}\n{\"text\":\"b\",\"id\":\"1\"}\n"), "jsonl"), 1,
      "twice.jsonl:2: id '1' is taken");
  CHECK(feed(work.write("empty", "")).status == 0);  // nothing to read is no fault
  CHECK(run_noema({"check", life, "--json"}).json().at(0)["ok"] == true);
}

TEST_CASE("values that are nested a million times are refused as no JSON, in every field") {
  const Workplace work;
  const std::string life = work.life();
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  for (const char* field : {"text", "id", "more"}) {
    const std::string line = "{\"text\":\"a\",\"" + std::string(field) + "\":" + deep + "}\n";
    const std::string file = work.write("deep.jsonl", line);
    check_complaint(run_noema({"feed", life, file, "--format", "jsonl", "--quiet"}), 1, "expected a JSON object");
    check_complaint(run_noema({"ask", life, "--questions", file}), 1, "deep.jsonl:1: expected {");
    check_complaint(run_noema({"mcp", life, "--import", file}), 1, "deep.jsonl:1: expected {");
  }
}

TEST_CASE("files that are no life or no model are refused") {
  const Workplace work;
  const std::string text = work.write("text", "just text\n");
  check_complaint(run_noema({"status", work.file("none.life")}), 1, "none.life");
  check_complaint(run_noema({"status", text}), 1, "life");
  check_complaint(run_noema({"status", work.write("empty.life", "")}), 1, "empty.life");
  check_complaint(run_noema({"new", work.file("b.life"), "--model", text}), 1, "model");
  CHECK_FALSE(fs::exists(work.path / "b.life"));
  check_complaint(run_noema({"evaluate", text, text}), 1, "model");
  const std::string life = work.life();
  check_complaint(run_noema({"new", life, "--model", "tiny"}), 1, "a.life");  // never overwritten without --force
  CHECK(run_noema({"new", life, "--model", "tiny", "--force"}).status == 0);
  std::string newer = noema::base::read_file(life);
  newer[63] = 99;  // the last byte of SQLite's user_version, which is the format's version
  check_complaint(run_noema({"status", work.write("newer.life", newer)}), 1, "newer noema");
  const std::string bytes = noema::base::read_file(life);
  check_complaint(run_noema({"check", work.write("cut.life", bytes.substr(0, bytes.size() / 2))}), 1, "cut.life");
}

TEST_CASE("a second writer is turned away, and readers are not") {
  const Workplace work;
  const std::string life = work.life();
  const std::string text = work.write("w.txt", world_text(4000));
  std::thread writer([&] { noema_killed({"feed", life, text, "--quiet"}, 2500); });
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  check_complaint(run_noema({"feed", life, text, "--quiet"}), 1, "open for writing");
  CHECK(run_noema({"status", life, "--json"}).status == 0);
  writer.join();
  CHECK(run_noema({"check", life, "--json"}).json().at(0)["ok"] == true);
}

TEST_CASE("a full disk ends a feed in one line, and what was acknowledged stays") {
  if (::getuid() != 0) {
    WARN("skipped: mounting a small tmpfs needs root");
    return;
  }
  const Workplace work;
  const std::string text = work.write("w.txt", world_text(6000));
  const fs::path disk = work.path / "disk";
  fs::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1600k") != 0) {
    WARN("skipped: tmpfs cannot be mounted here");
    return;
  }
  const std::string life = disk / "a.life";
  const auto made = run_noema({"new", life, "--model", "tiny"});
  if (made.status == 0) {
    const auto fed = run_noema({"feed", life, text, "--json", "--think", "1"});
    INFO(fed.err);
    CHECK(fed.status == 1);
    CHECK(std::count(fed.err.begin(), fed.err.end(), '\n') == 1);
    std::int64_t acknowledged = 0;
    for (const auto& line : fed.json()) acknowledged = line.value("acknowledged", acknowledged);
    const auto status = run_noema({"status", life, "--json"});
    INFO(status.err);
    CHECK(status.json().at(0)["episodes"] >= acknowledged);
  } else {
    CHECK(std::count(made.err.begin(), made.err.end(), '\n') == 1);
  }
  ::umount(disk.c_str());
}

TEST_CASE("a read-only folder is said to be one") {
  if (::getuid() != 0) {
    WARN("skipped: dropping root needs root");
    return;
  }
  const Workplace work;
  const std::string life = work.life();
  fs::permissions(work.path, fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec |
                                 fs::perms::group_read | fs::perms::group_exec);
  const auto made = run_noema({"new", work.file("other.life"), "--model", "tiny"}, true);
  CHECK(made.status == 1);
  CHECK(std::count(made.err.begin(), made.err.end(), '\n') == 1);
  const auto fed = run_noema({"feed", life, work.write("t", "text\n"), "--quiet"}, true);
  CHECK(fed.status == 1);
  CHECK(std::count(fed.err.begin(), fed.err.end(), '\n') == 1);
}

TEST_CASE("wrong usage ends with status 2 and a hint") {
  const Workplace work;
  const std::string life = work.life();
  const std::string text = work.write("t", "text\n");
  check_complaint(run_noema({}), 2, "--help");
  check_complaint(run_noema({"dream"}), 2, "--help");
  check_complaint(run_noema({"feed", life}), 2, "files");
  check_complaint(run_noema({"feed", life, text, "--think", "sometimes"}), 2, "--think takes");
  check_complaint(run_noema({"feed", life, text, "--format", "xml"}), 2, "format");
  check_complaint(run_noema({"think", life, "--for", "1", "--until-quiet"}), 2, "exclude each other");
  check_complaint(run_noema({"ask", life}), 2, "one of the two");
  check_complaint(run_noema({"ask", life, "q", "--learn", "--no-learn"}), 2, "contradict");
  check_complaint(run_noema({"recall", life, "a", "--queries", text}), 2, "one of the two");
  check_complaint(run_noema({"undo", life, "seven"}), 2, "thought:N");
  check_complaint(run_noema({"score", life, text, "--arms", "oracle"}), 2, "oracle");
  check_complaint(run_noema({"score", life, text, "--arms", "cache"}), 2, "--tune");
  check_complaint(run_noema({"train", "--text", text, "--out", work.file("m"), "--minutes", "1", "--steps", "3"}), 2,
                  "contradict");
  check_complaint(run_noema({"undo", life, "thought:12"}), 1, "there is no thought:12");
}

TEST_CASE("an experiment file with an unknown key or a wrong type is refused with its line") {
  const Workplace work;
  const auto run = [&](const std::string& toml) {
    return run_noema({"run", work.write("e.toml", toml), "--out", work.file("out"), "--quiet"});
  };
  check_complaint(run("name = \"x\"\nsede = 3\n"), 1, "e.toml:2");
  check_complaint(run("name = \"x\"\nseed = \"three\"\n"), 1, "e.toml:2");
  check_complaint(run("name = \n"), 1, "e.toml:1");
  CHECK_FALSE(fs::exists(work.path / "out"));
}
