// Feeding as a user does: pipes, moved lives, interrupts, long lines, times, chats.

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "base/files.h"
#include "memory/database.h"
#include "memory/life.h"
#include "tests/app/program.h"

namespace noema::tests {
namespace {

namespace fs = std::filesystem;

/// The exit status of a shell command in which $NOEMA is the program.
int shell(const std::string& command) {
  ::setenv("NOEMA", NOEMA_PROGRAM, 1);
  const int raw = std::system(("bash -c '" + command + "'").c_str());
  return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
}

std::string words(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "word" + std::to_string(i * 7919 % 500) + ' ';
  return text;
}

}  // namespace

TEST_CASE("a process substitution is fed whole on a life that was fed before") {
  const Workplace work;
  const std::string life = work.life();
  const std::string text = work.write("a.txt", "one\ntwo\n");
  REQUIRE(run_noema({"feed", life, text, "--quiet", "--think", "off"}).status == 0);
  CHECK(shell("$NOEMA feed " + life + " <(printf \"x\\ny\\n\") --quiet --think off --json > " + work.file("out")) == 0);
  CHECK(base::read_file(work.file("out")).find("\"inputs\":2") != std::string::npos);
  CHECK(shell("printf \"z\\n\" | $NOEMA feed " + life + " - --quiet --think off") == 0);
  CHECK(memory::Life::open(life, memory::Access::kRead).counts().episodes == 5);
}

TEST_CASE("a life that is moved while it is fed ends the feed, and the moved file holds what was acknowledged") {
  const Workplace work;
  const std::string life = work.life();
  const fs::path fifo = work.path / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  Outcome outcome;
  std::thread feeding([&] {
    outcome = run_noema({"feed", life, fifo.string(), "--think", "off", "--json", "--quiet"});
  });
  const int writer = ::open(fifo.c_str(), O_WRONLY);
  REQUIRE(::write(writer, "one\ntwo\n", 8) == 8);
  while (memory::Life::open(life, memory::Access::kRead).counts().episodes < 2)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  fs::rename(life, work.path / "moved.life");
  REQUIRE(::write(writer, "three\n", 6) == 6);
  ::close(writer);
  feeding.join();
  CHECK(outcome.status == 1);
  CHECK(outcome.out.find("\"acknowledged\":3") == std::string::npos);
  CHECK(outcome.err.find("moved or deleted while it was open") != std::string::npos);
  const auto moved = memory::Life::open(work.path / "moved.life", memory::Access::kWrite);
  CHECK(moved.counts().episodes == 2);
  CHECK(moved.check().empty());
}

TEST_CASE("a long line is one input: recalled whole, checked and replayed") {
  const Workplace work;
  const std::string life = work.life();
  const std::string line = words(5000) + "xylophone";
  const std::string text = work.write("a.txt", "short\n" + line + "\n");
  const auto fed = run_noema({"feed", life, text, "--think", "off", "--no-predict", "--json"});
  REQUIRE(fed.status == 0);
  CHECK(fed.json().back()["inputs"] == 2);
  const auto recalled = run_noema({"recall", life, "xylophone", "--json"});
  REQUIRE(recalled.json().size() == 1);
  CHECK(recalled.json()[0]["text"] == line);
  CHECK(recalled.json()[0]["episode"] == 2);
  CHECK(run_noema({"check", life}).status == 0);
  CHECK(run_noema({"replay", life}).status == 0);
}

TEST_CASE("a signal ends a feed within a line, with status 130, and feeding again goes on there") {
  const Workplace work;
  const std::string life = work.life();
  const std::string line = words(40000);
  const std::string text = work.write("a.txt", line + "\n");
  const std::string out = work.file("out");
  CHECK(shell("$NOEMA feed " + life + " " + text + " --think off --quiet --json > " + out + " 2> " + work.file("err") +
              " & pid=$!; while [ ! -s " + out + " ]; do sleep 0.1; done; kill -TERM $pid; wait $pid") == 130);
  CHECK(base::read_file(work.file("err")).find("interrupted") != std::string::npos);
  const auto before = memory::Life::open(life, memory::Access::kRead).counts().episodes;
  REQUIRE(before > 0);
  REQUIRE(run_noema({"feed", life, text, "--think", "off", "--no-predict", "--no-encode", "--quiet"}).status == 0);
  const auto after = memory::Life::open(life, memory::Access::kRead);
  CHECK(after.counts().episodes > before);
  CHECK(after.episodes().input(1)->text == line);
}

TEST_CASE("a chat is fed with its roles as speakers and its conversations as groups") {
  const Workplace work;
  const std::string life = work.life();
  const std::string chat =
      work.write("c.jsonl", R"({"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[)"
                            R"({"type":"text","text":"b"},{"type":"audio"}]}]})"
                            "\n{\"role\":\"user\",\"content\":\"c\"}\n");
  const auto fed = run_noema({"feed", life, chat, "--format", "chat", "--think", "off", "--json"});
  REQUIRE(fed.status == 0);
  CHECK(fed.json().back()["inputs"] == 3);
  CHECK(fed.err.find("parts of type \"audio\" are skipped") != std::string::npos);
  const auto read = memory::Life::open(life, memory::Access::kRead);
  CHECK(read.episodes().find(1)->speaker == "user");
  CHECK(read.episodes().find(2)->speaker == "assistant");
  CHECK(read.episodes().find(1)->group == read.episodes().find(2)->group);
  CHECK(read.episodes().find(3)->group != read.episodes().find(1)->group);
}

TEST_CASE("that times without an offset are UTC is said once") {
  const Workplace work;
  const std::string life = work.life();
  const std::string lines = work.write("t.jsonl",
                                       "{\"text\":\"a\",\"time\":\"2023-05-08T13:56:00\"}\n"
                                       "{\"text\":\"b\",\"time\":\"2023-05-08\"}\n");
  const auto fed = run_noema({"feed", life, lines, lines, "--again", "--format", "jsonl", "--think", "off"});
  REQUIRE(fed.status == 0);
  const std::size_t first = fed.err.find("read as UTC");
  REQUIRE(first != std::string::npos);
  CHECK(fed.err.find("read as UTC", first + 1) == std::string::npos);
  CHECK(memory::Life::open(life, memory::Access::kRead).episodes().find(1)->time == 1683554160);
}

TEST_CASE("an index that lost a row fails the check of a reader") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", "red fox\nold hen\n"), "--think", "off", "--quiet"}).status ==
          0);
  memory::Database(life, memory::OpenMode::kReadWrite, 1).execute("DELETE FROM episode_terms_data WHERE id > 10");
  const auto checked = run_noema({"check", life});
  CHECK(checked.status == 1);
  CHECK(checked.err.find("episode_terms") != std::string::npos);
}

}  // namespace noema::tests
