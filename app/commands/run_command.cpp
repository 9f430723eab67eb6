// noema run EXPERIMENT.toml --out DIR

#include <fmt/format.h>

#include <memory>

#include "app/actions/run.h"
#include "app/command.h"
#include "app/human.h"
#include "app/run_progress.h"
#include "app/server/run_watch.h"
#include "base/clock.h"
#include "experiments/metrics/registry.h"
#include "experiments/results.h"

namespace noema::app::run_command {
namespace {

using nlohmann::json;

json arms_of(const experiments::ExperimentResult& result) { return result.results.value("arms", json::array()); }

void print_for_people(const experiments::ExperimentResult& result) {
  const json arms = arms_of(result);
  const auto metrics = experiments::metrics_in(arms);
  const bool has_settings = result.results.contains("grid");
  std::vector<TextTable::Column> columns{{"arm"}};
  if (has_settings) columns.insert(columns.begin(), {"setting"});
  for (const auto* kind : metrics) columns.push_back({kind->label, Align::kRight});
  for (const char* title : {"seconds", "thinking", "state", "concepts", "thoughts", "claimed gain"})
    columns.push_back({title, Align::kRight});
  TextTable table(columns);
  for (const json& arm : arms) {
    std::vector<std::string> row{arm.value("arm", "")};
    if (has_settings) row.insert(row.begin(), arm.value("setting", ""));
    for (const auto* kind : metrics) row.push_back(experiments::shown_with_interval(*kind, arm));
    const auto count = [&](const char* key) { return human_count(arm.value(key, std::uint64_t{0})); };
    row.insert(row.end(), {human_seconds(arm.value("seconds", 0.0)), human_seconds(arm.value("thinking_seconds", 0.0)),
                           human_bytes(arm.value("state_bytes", std::uint64_t{0})), count("concepts"),
                           count("thoughts"), human_number(arm.value("gain_bits", 0.0)) + " bits"});
    table.add(row);
  }
  const std::string differences = experiments::differences_text(result.results);
  print_text("{}\n{}{}report: {}\n", table.text(), differences, differences.empty() ? "" : "\n",
             result.report.string());
}

void print_rows(const experiments::ExperimentResult& result) {
  for (const json& arm : arms_of(result)) {
    nlohmann::ordered_json row{{"arm", arm.value("arm", "")}};
    for (const char* key : {"setting", "chosen"})
      if (arm.contains(key)) row[key] = arm[key];
    for (const auto& kind : experiments::metric_kinds())
      if (arm.contains(kind.name)) row[kind.name] = arm[kind.name];
    for (const char* key : {"seconds", "thinking_seconds", "state_bytes", "concepts", "thoughts", "gain_bits",
                            "deviation", "interval", "against"})
      if (arm.contains(key)) row[key] = arm[key];
    print_json(row);
  }
  print_json({{"report", result.report.string()}});
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  const auto a = std::make_shared<RunRequest>();
  auto* command =
      app.add_subcommand("run",
                         "Run an experiment: noema run experiments/first_life.toml --out runs/first_life; mpirun -n N "
                         "noema run ... spreads the runs of a [grid] and of seeds over N processes");
  command->add_option("experiment", a->experiment, "Experiment file (TOML)")->required();
  command->add_option("--out", a->out, "Folder for report, results and lives")->required();
  command->add_option("--only", a->only,
                      "Do one run alone of an experiment with [grid] or seeds that was begun in the folder, such as "
                      "protocol.think=2/seed-1");
  command->add_flag("--resume", a->resume, "Continue an experiment that was interrupted");
  command->add_flag("--force", a->force, "Start again and replace the contents of the folder");
  const auto port = std::make_shared<int>(0);
  command
      ->add_option("--watch", *port,
                   "Show the curves as they grow to a browser on this machine, until the run ends; with a port, "
                   "otherwise with any that is free")
      ->expected(0, 1)
      ->check(within(kPorts));
  add_globals(*command, globals);
  command->callback([a, port, command, &globals] {
    if (command->count("--seed") > 0) a->seed = globals.seed;
    a->threads = globals.threads;
    a->code_version = NOEMA_CODE_VERSION;
    a->program = "/proc/self/exe";  // the same code for all runs, even if the file is replaced meanwhile
    a->stop = stop_token();
    a->remark = [&](const std::string& text) { remark(globals, text); };
    std::optional<RunWatch> watched;
    if (command->count("--watch") > 0) {
      watched.emplace(a->out, *port);
      remark(globals, fmt::format("{} shows the run while it goes on", watched->url()));
    }
    ProgressBar bar(globals);
    RunProgress shown;
    const base::Stopwatch watch;
    a->progress = [&](const experiments::Progress& progress) {
      if (const auto news = shown.news(progress)) {
        bar.end();
        remark(globals, *news);
      }
      bar.show(shown.share(progress), shown.text(progress, watch.seconds()));
    };
    const experiments::ExperimentResult result = run(*a);
    if (result.results.is_null()) return;  // a helper: the process that leads prints
    if (globals.json) return print_rows(result);
    print_for_people(result);
  });
}

}  // namespace noema::app::run_command
