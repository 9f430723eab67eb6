#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema::tests;
using nlohmann::json;

TEST_CASE("a life is made, fed, thinks, is asked, shows its reasons and takes a thought back") {
  const Workplace work;
  const std::string life = work.life();
  const std::string text = work.write("world.txt", world_text(400));

  const auto fed = run_noema({"feed", life, text, "--think", "2", "--json"});
  REQUIRE(fed.status == 0);
  const auto lines = fed.json();
  CHECK(lines[lines.size() - 2]["acknowledged"] == 400);
  for (const char* key :
       {"inputs", "concepts", "relations", "thoughts", "seconds", "thinking_seconds", "inputs_per_second"})
    CHECK(lines.back().contains(key));
  CHECK(lines.back()["inputs"] == 400);
  CHECK(lines.back()["thoughts"] > 0);
  CHECK(run_noema({"feed", life, text, "--think", "2", "--json"}).json().back()["inputs"] == 0);  // all of it is there
  CHECK(run_noema({"feed", life, text, "--think", "2", "--again", "--json"}).json().back()["inputs"] == 400);

  const auto thought = run_noema({"think", life, "--until-quiet", "--json"});
  for (const char* key : {"thoughts", "by_kind", "gain_bits", "seconds", "concepts_before", "concepts_after"})
    CHECK(thought.json().at(0).contains(key));
  const auto status = run_noema({"status", life, "--json"}).json().at(0);
  CHECK(status["episodes"] == 800);
  CHECK(status["graph_hash"].get<std::string>().size() == 64);
  CHECK(status["weights_hash"].get<std::string>().size() == 64);
  CHECK(run_noema({"check", life, "--json"}).json().at(0)["ok"] == true);
  CHECK(run_noema({"replay", life, "--recompute", "--json"}).json().at(0)["same"] == true);

  const auto asked = run_noema({"ask", life, "where does the king live?", "--json"}).json().at(0);
  for (const char* key : {"answer", "confidence", "evidence", "abstained"}) CHECK(asked.contains(key));
  CHECK(run_noema({"status", life, "--json"}).json().at(0)["episodes"] == 801);  // asking is experience
  const std::string line = world_text(400).substr(0, world_text(400).find('\n'));
  const auto recalled = run_noema({"recall", life, line, "-k", "3", "--json"}).json();
  CHECK(recalled.front()["text"] == line);
  CHECK(recalled.front()["times"] > 1);  // fed twice, it stands once
  CHECK(run_noema({"similar", life, "king", "--json"}).status == 0);
  CHECK(run_noema({"similar", life, "zyzzyva", "--json"}).json().at(0)["label"].is_null());
  CHECK(run_noema({"show", life, "king", "--json"}).json().at(0)["label"] == "king");
  CHECK(run_noema({"show", life, "concept:99999999", "--json"}).json().at(0)["concept"].is_null());
  const auto why = run_noema({"why", life, "thought:2", "--json"}).json().at(0);
  for (const char* key : {"kind", "gain_bits", "evidence", "reason"}) CHECK(why.contains(key));
  CHECK(run_noema({"why", life, "king", "--json"}).status == 0);

  const auto exported = run_noema({"export", life, "--format", "json"}).json();
  CHECK(exported.front().contains("node"));
  CHECK(exported.back().contains("edge"));
  CHECK_THAT(run_noema({"export", life, "--format", "graphml", "--around", "king"}).out, Catch::Contains("<graphml"));
  CHECK_THAT(run_noema({"export", life, "--format", "dot", "--around", "king", "--depth", "1"}).out,
             Catch::Contains("digraph"));

  const std::string copy = work.file("copy.life");
  CHECK(run_noema({"backup", life, copy}).status == 0);
  CHECK(run_noema({"status", copy, "--json"}).json().at(0)["graph_hash"] ==
        run_noema({"status", life, "--json"}).json().at(0)["graph_hash"]);

  bool undone = false;
  for (int id = 1; id < 400 && !undone; ++id)
    undone = run_noema({"undo", copy, "thought:" + std::to_string(id)}).status == 0;
  CHECK(undone);
  CHECK(run_noema({"check", copy, "--json"}).json().at(0)["ok"] == true);
}

TEST_CASE("labelled and JSON lines keep what they say of themselves; batch forms answer line by line") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("l.tsv", "greeting\thello there\nfarewell\tsee you soon\n"), "--format",
                     "labelled"})
              .status == 0);
  REQUIRE(run_noema({"feed", life,
                     work.write("j.jsonl",
                                "{\"text\": \"the red ball is under the bed\", \"id\": \"p1\", \"group\": "
                                "\"g\"}\n{\"text\": \"where?\", \"answer\": null}\n"),
                     "--format", "jsonl"})
              .status == 0);
  const std::string queries =
      work.write("q.jsonl", "{\"id\": 7, \"text\": \"red ball\"}\n{\"id\": \"none\", \"text\": \"\"}\n");
  const auto hits = run_noema({"recall", life, "--queries", queries, "-k", "5", "--json"}).json();
  REQUIRE(hits.size() == 2);
  CHECK(hits[0]["id"] == 7);
  CHECK(hits[0]["hits"][0]["id"] == "p1");
  CHECK(hits[1]["hits"].empty());
  const auto answers = run_noema({"ask", life, "--questions", queries, "--json"}).json();
  REQUIRE(answers.size() == 2);
  CHECK(answers[0]["answer"] == "the red ball is under the bed");
  CHECK(answers[1]["abstained"] == true);
  CHECK(run_noema({"status", life, "--json"}).json().at(0)["episodes"] == 4);  // the batch form only reads
}

TEST_CASE("an experiment runs, is not run again, and is compared with another") {
  const Workplace work;
  const std::string toml = work.write(
      "e.toml",
      "name = \"e\"\narms = [\"static\", \"cache\", \"memory\", \"lesion\", \"noema\"]\n[model]\npreset = "
      "\"tiny\"\nsteps = 8\ntrain_lines = 60\n[stream]\nlines = 80\npeople = 8\nplaces = 4\n[protocol]\nblock = 20\n");
  const std::string out = work.file("run");
  const auto ran = run_noema({"run", toml, "--out", out, "--json"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  CHECK(ran.json().size() == 6);
  for (const char* name : {"manifest.json", "results.json", "events.jsonl", "report.html", "noema.life"})
    CHECK(std::filesystem::exists(work.path / "run" / name));
  CHECK_THAT(noema::base::read_file(work.path / "run" / "report.html"),
             Catch::Contains("<svg") && !Catch::Contains("http://cdn"));
  CHECK(run_noema({"run", toml, "--out", out}).status == 1);  // never overwritten without saying so
  CHECK(run_noema({"run", toml, "--out", out, "--resume", "--json"}).status == 0);
  const std::string other = work.file("other");
  REQUIRE(run_noema({"run", toml, "--out", other, "--threads", "1", "--quiet"}).status == 0);
  const auto compared = run_noema({"compare", out, other, "--json", "--html", work.file("c.html")});
  CHECK(compared.status == 0);
  CHECK(std::filesystem::exists(work.path / "c.html"));
  const auto rows = compared.json();
  for (const auto& arm : rows.at(0).at("arms"))
    if (arm.contains("difference_bits_per_char") && arm["difference_bits_per_char"].is_number())
      CHECK(std::abs(arm["difference_bits_per_char"].get<double>()) < 1e-9);
  CHECK(run_noema({"arms", "--json"}).json().size() >= 5);
  CHECK(run_noema({"streams", "--json"}).json().size() >= 3);
}

TEST_CASE("a life can be scored against all arms without being changed") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(150)), "--think", "2"}).status == 0);
  const auto before = run_noema({"status", life, "--json"}).json().at(0)["graph_hash"];
  const auto scored =
      run_noema({"score", life, work.write("b.txt", world_text(40, 2)), "--arms", "static,cache,memory,lesion,noema",
                 "--tune", work.write("t.txt", world_text(15, 3)), "--json"});
  INFO(scored.err);
  const auto rows = scored.json();
  REQUIRE(rows.size() == 5);
  for (const auto& row : rows)
    for (const char* key :
         {"arm", "bits_per_char", "word_perplexity", "words_made_worse", "seconds", "thinking_seconds", "state_bytes"})
      CHECK(row.contains(key));
  CHECK(run_noema({"status", life, "--json"}).json().at(0)["graph_hash"] == before);
}

TEST_CASE("a life practises what it stored, is scored with a learning copy, and takes the practice back") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(120)), "--think", "2"}).status == 0);
  const auto status = [&] { return run_noema({"status", life, "--json"}).json().at(0); };
  const auto before = status();
  CHECK(before["weights_hash"] == before["model"]);
  const auto thought = run_noema({"think", life, "--consolidate", "60", "--json"});
  INFO(thought.err);
  REQUIRE(thought.status == 0);
  CHECK(thought.json().at(0)["by_kind"]["consolidate"] == 1);
  const auto after = status();
  CHECK(after["weights_hash"] != before["weights_hash"]);
  CHECK(run_noema({"replay", life, "--recompute", "--json"}).json().at(0)["same"] == true);
  CHECK(run_noema({"check", life}).status == 0);

  const std::string text = work.write("b.txt", world_text(20, 2)), tune = work.write("t.txt", world_text(10, 3));
  const auto scored = run_noema({"score", life, text, "--tune", tune, "--arms",
                                 "static,dynamic,noema+dynamic,noema-merge,noema-learned_transformer", "--json"});
  INFO(scored.err);
  const auto rows = scored.json();
  REQUIRE(rows.size() == 5);
  CHECK(rows[1]["settings"].get<std::string>().find("rate") != std::string::npos);
  CHECK(run_noema({"score", life, text, "--arms", "dynamic"}).status == 2);
  const auto unknown = run_noema({"score", life, text, "--arms", "noema-gold"});
  CHECK(unknown.status == 2);
  CHECK_THAT(unknown.err, Catch::Contains("cache_sharp") && Catch::Contains("divide"));

  REQUIRE(run_noema({"undo", life, "thought:" + std::to_string(after["thoughts"].get<int>())}).status == 0);
  CHECK(status()["weights_hash"] == before["weights_hash"]);
  CHECK(run_noema({"think", life, "--consolidate", "5", "--no-consolidate"}).status == 2);
}

TEST_CASE("a life with a budget keeps to it, says what it let go of and why, and is sound") {
  const Workplace work;
  const std::string life = work.file("small.life");
  const std::string text = work.write("world.txt", world_text(400));
  const auto refused = run_noema({"new", life, "--model", "tiny", "--max-bytes", "1000"});
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err, Catch::Contains("an empty mind"));
  REQUIRE(run_noema({"new", life, "--model", "tiny", "--max-bytes", "450000"}).status == 0);
  for (const char* think : {"off", "2", "auto"}) {
    REQUIRE(run_noema({"feed", life, text, "--think", think, "--again", "--json"}).status == 0);
    const auto status = run_noema({"status", life, "--json"}).json().at(0);
    CHECK(status["state_bytes"] <= 450000);
    CHECK(status["max_bytes"] == 450000);
    CHECK(status["let_go"] > 0);
    CHECK(run_noema({"check", life, "--json"}).json().at(0)["ok"] == true);
    CHECK(run_noema({"replay", life, "--recompute", "--json"}).json().at(0)["same"] == true);
  }
  const auto why = run_noema({"why", life, "thought:1", "--json"}).json().at(0);
  CHECK(why["kind"] == "let_go");
  CHECK(why["evidence"].size() > 0);
}
