// The same commands ask a life in a file and one that a server holds, and print the same.

#include "app/remote/answering.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "tests/app/documents.h"
#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

namespace fs = std::filesystem;

std::string address_of(const Served& served, const std::string& name = {}) {
  return "http://127.0.0.1:" + std::to_string(served.server.port()) + (name.empty() ? "" : "/" + name);
}

/// A village, and a server that holds a copy of it.
struct TwoLives {
  Workplace work;
  std::string file = work.file("here/village.life");
  std::string copy = work.file("village.life");
  std::optional<Served> served;
  TwoLives() {
    fs::create_directory(work.path / "here");
    make_village(file);
    fs::copy(file, copy);
    served.emplace(copy);
  }

  /// The command on the file and on the server; "" stands for the life.
  std::pair<Outcome, Outcome> both(std::vector<std::string> command) const {
    command[1] = file;
    const Outcome here = run_noema(command);
    command[1] = address_of(*served);
    return {here, run_noema(command)};
  }
  void check_same(const std::vector<std::string>& command) const {
    const auto [here, there] = both(command);
    INFO(command[0] << " " << (command.size() > 2 ? command[2] : "") << ": " << here.err << there.err);
    CHECK(there.out == here.out);
    CHECK(there.err == here.err);
    CHECK(there.status == here.status);
  }
};

}  // namespace

TEST_CASE("what asks prints the same of a file and of a server, for people and as JSON, and refuses the same") {
  const TwoLives lives;
  const std::string queries = lives.work.write("q.jsonl",
                                               "{\"id\":1,\"text\":\"where does Ann live ?\"}\n"
                                               "{\"id\":\"x\",\"text\":\"salt\",\"group\":\"none\"}\n");
  const std::vector<std::vector<std::string>> commands{
      {"ask", "", "where does Ann live ?", "--no-learn"},
      {"ask", "", "where does Ann live ?", "--no-learn", "--as-of", "40"},
      {"ask", "", "who sold the bread ?", "--no-learn", "--speaker", "Mia", "--since", "2026-03-02"},
      {"ask", "", "zyzzyva ?", "--no-learn", "--group", "none"},
      {"ask", "", "--questions", queries},
      {"recall", "", "tax on bread", "-k", "5"},
      {"recall", "", "Ann", "--speaker", "Tom"},
      {"recall", "", "zyzzyva"},
      {"recall", "", "--queries", queries},
      {"facts", ""},
      {"facts", "", "Ann"},
      {"facts", "", "Ann", "--as-of", "2026-03-01T12:00"},
      {"facts", "", "Zoe"},
      {"recall", "", "Ann", "-k", "3", "--as-of", "40"},
      {"show", "", "tax", "--as-of", "100"},
      {"show", "", "tax", "--as-of", "100", "--json"},
      {"show", "", "thought:1", "--as-of", "2026-03-02"},
      {"show", "", "tax", "--as-of", "2999-01-01"},
      {"show", "", "tax", "--as-of", "yesterday"},
      {"query", "", "SELECT count(*) AS n FROM episode", "--as-of", "40"},
      {"query", "", "MATCH (a:Sense) RETURN a.label ORDER BY a.label LIMIT 3", "--as-of", "40", "--json"},
      {"rules", ""},
      {"show", "", "tax"},
      {"show", "", "concept:9"},
      {"show", "", "taxx"},
      {"show", "", "thought:1"},
      {"show", "", "thought:999"},
      {"why", "", "tax"},
      {"why", "", "he cut"},
      {"why", "", "thought:2"},
      {"concepts", ""},
      {"concepts", "", "--all", "--top", "2"},
      {"concepts", "", "--all", "--kind", "category"},
      {"concepts", "", "--kind", "idea"},
      {"query", "", "SELECT id, kind, label, count FROM concept ORDER BY id"},
      {"query", "", "SELECT 1.5 AS a, NULL AS b, 'x' AS c, '' AS d, x'ab' AS e, 3 AS f"},
      {"query", "", "SELECT 1.5 AS a, NULL AS b, 'x' AS c, '' AS d, x'ab' AS e, 3 AS f", "--csv"},
      {"query", "", "MATCH (a:Sense)-[r]->(b) RETURN a, labels(a), a.count > 3 AS much, r, b.label LIMIT 9"},
      {"query", "", "MATCH (a:Sense) WHERE a.count > $n RETURN a.label ORDER BY a.label LIMIT 5", "--param", "n=20"},
      {"query", "", "SELECT id FROM episode", "--rows", "3"},
      {"query", "", "DELETE FROM episode"},
      {"query", "", "MATCH (a:Sens) RETURN a"}};
  for (std::vector<std::string> command : commands) {
    lives.check_same(command);
    if (std::find(command.begin(), command.end(), "--csv") != command.end()) continue;
    command.emplace_back("--json");
    lives.check_same(command);
  }
}

TEST_CASE("concepts are reviewed through a server too") {
  const TwoLives lives;
  const std::string answers = lives.work.write("answers", "keep\nskip\n");
  const auto review = [&](const std::string& life) {
    return run_noema_reading(answers, {"concepts", life, "--review", "--all"});
  };
  const Outcome here = review(lives.file), there = review(address_of(*lives.served));
  CHECK_THAT(here.out, Catch::EndsWith("1 kept, 0 taken back, 1 skipped.\n"));
  CHECK(there.out == here.out);
  lives.check_same({"concepts", "", "--all", "--json"});
}

TEST_CASE("what changes a life does so through a server too, and prints the same") {
  const TwoLives lives;
  const std::string file = lives.work.write("a.txt", world_text(30));
  lives.check_same({"tell", "", "Zoe lives in Cork .", "--speaker", "Mia", "--id", "z", "--time", "2026-03-08"});
  lives.check_same({"tell", "", "two\nlines"});
  lives.check_same({"ask", "", "where does Ann live ?", "--json"});
  lives.check_same({"ask", "", "who sold the bread ?", "--wrong"});
  lives.check_same({"forget", "", "z"});
  lives.check_same({"forget", "", "nothing"});
  lives.check_same({"undo", "", "thought:999"});
  lives.check_same({"undo", "", "tax"});
  const auto [here, there] = lives.both({"undo", "", "thought:6", "--json"});
  CHECK(there.out == here.out);
  const auto thought = run_noema({"think", address_of(*lives.served), "--for", "1", "--json"});
  CHECK(thought.json().at(0)["concepts_after"].get<int>() > 60);
  check_complaint(run_noema({"think", address_of(*lives.served), "--consolidate", "3"}), 2,
                  "needs the file of the life");
}

TEST_CASE("status of a server is that of its life") {
  const TwoLives lives;
  auto [here, there] = lives.both({"status", "", "--json"});
  auto a = here.json().at(0), b = there.json().at(0);
  CHECK(fs::equivalent(b["life"].get<std::string>(), lives.copy));
  for (const char* key : {"life", "file_bytes", "state_bytes"}) {
    a.erase(key);
    b.erase(key);
  }
  CHECK(a == b);
  CHECK_THAT(run_noema({"status", address_of(*lives.served)}).out,
             Catch::Contains("Concentrations of the code") && Catch::Contains("which member of a category is chosen"));
}

TEST_CASE("a file that is fed through a server is stored as by feed, and goes on where it ended, in either way") {
  const Workplace work;
  const std::string here = work.life("here.life"), there = work.life("there.life");
  const std::string long_line(20000, 'x');
  const std::string begun = world_text(150) + "\n" + std::string(20000, 'a') + " end\n";
  const std::string file = work.write("a.txt", begun);
  const auto of = [](const std::string& life) {
    return run_noema({"query", life,
                      "SELECT id, text, source, line, group_name, speaker, outer_id, label, kind, part FROM episodes",
                      "--json"})
        .out;
  };
  {
    const Served served(there);
    REQUIRE(run_noema({"feed", here, file, "--think", "off", "--no-predict"}).status == 0);
    const auto fed = run_noema({"feed", address_of(served), file, "--json"});
    INFO(fed.err);
    REQUIRE(fed.status == 0);
    const auto lines = fed.json();
    CHECK(lines.front()["acknowledged"].get<int>() > 0);
    CHECK(lines[lines.size() - 2]["acknowledged"] == 152);
    CHECK(lines.back()["inputs"] == 152);
    CHECK(lines.back()["concepts"].get<int>() > 10);
    const auto again = run_noema({"feed", address_of(served), file, "--json"});
    CHECK(again.json().back()["inputs"] == 0);
    CHECK_THAT(again.err, Catch::Contains("152 lines are stored already"));
    base::write_file(file, begun + "one more line\n");
    CHECK(run_noema({"feed", address_of(served), file, "--json"}).json().back()["inputs"] == 1);
    const std::string labelled = work.write("b.tsv", "animal\ta cat\nplant\ta tree\n");
    const std::string questions = work.write("c.jsonl",
                                             "{\"text\":\"who ?\",\"answer\":\"Ann\",\"id\":5}\n"
                                             "{\"text\":\"why ?\",\"answer\":null,\"group\":\"g\"}\n");
    for (const std::string& life : {here, address_of(served)}) {
      const std::vector<std::string> off =
          life == here ? std::vector<std::string>{"--think", "off", "--no-predict"} : std::vector<std::string>{};
      const auto feed = [&](std::vector<std::string> command) {
        command.insert(command.end(), off.begin(), off.end());
        return run_noema(command);
      };
      if (life == here) CHECK(feed({"feed", life, file}).status == 0);
      CHECK(feed({"feed", life, labelled, "--format", "labelled"}).status == 0);
      CHECK(feed({"feed", life, questions, "--format", "jsonl"}).status == 0);
    }
    check_complaint(run_noema({"feed", address_of(served), file, "--think", "off"}), 2, "--think needs the file");
    check_complaint(run_noema({"feed", address_of(served), work.file("none")}), 1, "none");
  }
  CHECK(of(here) == of(there));
  // The file goes on in the other life's own way.
  CHECK(run_noema({"feed", there, file, "--think", "off", "--json"}).json().back()["inputs"] == 0);
  CHECK(run_noema({"check", there}).status == 0);
}

TEST_CASE("a life of a folder is asked by its name, with the server's token") {
  const Workplace work;
  fs::create_directory(work.path / "lives");
  work.life("lives/ann.life");
  const std::string token = work.write("token", "0123456789abcdef\n");
  const Served served(work.file("lives"), "0123456789abcdef");
  const std::string address = address_of(served, "ann.life");
  CHECK(run_noema({"tell", address, "a b c", "--token-file", token}).out == "Stored as input 1.\n");
  check_complaint(run_noema({"status", address}), 1, "--token-file FILE or in NOEMA_TOKEN");
  ::setenv("NOEMA_TOKEN", "0123456789abcdef", 1);
  CHECK(run_noema({"recall", address, "a b", "--json"}).json().at(0)["episode"] == 1);
  check_complaint(run_noema({"status", address_of(served, "bob.life")}), 1, "there is no life 'bob.life'");
  check_complaint(run_noema({"status", address_of(served)}), 1, "folder of lives");
  ::unsetenv("NOEMA_TOKEN");
  check_complaint(run_noema({"status", work.file("lives/ann.life"), "--token-file", token}), 2, "by its address");
}

TEST_CASE("a command that opens a file refuses an address by name, and so does what only a file can follow") {
  const std::string address = "http://127.0.0.1:1";
  for (const char* command : {"export", "check", "replay", "senses", "mcp", "topics"}) {
    std::vector<std::string> arguments{command, address};
    if (command == std::string("senses")) arguments.emplace_back("word");
    check_complaint(run_noema(arguments), 2,
                    std::string(command) + " opens the file of a life and cannot ask a server");
  }
  check_complaint(run_noema({"diff", "a.life", address}), 2, "diff opens the file");
  check_complaint(run_noema({"feed", address, "a.txt", "--sync", "full"}), 2, "--sync needs the file of the life");
  check_complaint(run_noema({"status", "https://127.0.0.1:1"}), 2, "https is not spoken here");
  check_complaint(run_noema({"status", address}), 1, "no server answers there");
}

}  // namespace noema::tests
