#include "experiments/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/ranges.h"
#include "experiments/grid_table.h"
#include "experiments/streams/registry.h"
#include "experiments/table_reader.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/registry.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The file named at `key`, found from the experiment file's folder; a missing one is an error at that line.
fs::path found_file(const TableReader& reader, const std::string& key, const std::string& written) {
  const fs::path path = (reader.file().parent_path() / written).lexically_normal();
  if (!fs::is_regular_file(path)) {
    fail(reader.file(), reader.line(key),
         fmt::format("'{}' names '{}', which is no file ({}); paths are relative to the experiment file's folder",
                     reader.full(key), written, path.string()));
  }
  return path;
}

std::vector<std::string> names_of(const auto& kinds) {
  std::vector<std::string> names;
  for (const auto& kind : kinds) names.push_back(kind.name);
  return names;
}

/// pairs: the stream gives them, and they train a translator.
void read_model(TableReader& reader, ModelConfig& model, bool pairs) {
  reader.text("file", model.file);
  reader.text("preset", model.preset);
  reader.text("tokenizer", model.tokenizer);
  reader.text("objective", model.objective);
  if (pairs) {
    reader.text("architecture", model.architecture);
    reader.text("attention", model.attention);
  }
  using namespace base::ranges;
  reader.integer("steps", model.steps, kSteps);
  reader.number("minutes", model.minutes, kMinutes);
  reader.number("epochs", model.epochs, kEpochs);
  reader.integer("layers", model.layers, kLayers);
  reader.integer("width", model.width, kWidth);
  reader.integer("heads", model.heads, kHeads);
  reader.integer("context", model.context, kContext);
  reader.integer("batch", model.batch, kBatch);
  reader.number("dropout", model.dropout, kDropout);
  reader.number("learning_rate", model.learning_rate, kLearningRate);
  if (!pairs) {
    reader.integer("train_lines", model.train_lines, kCount);
    reader.texts("text", model.text);
  }
  reader.finish();
  if (!model.file.empty()) {
    for (const char* key :
         {"preset", "tokenizer", "objective", "steps", "minutes", "epochs", "layers", "width", "heads", "context",
          "batch", "dropout", "learning_rate", "text", "architecture", "attention"}) {
      if (reader.has(key)) {
        fail(reader.file(), reader.line(key),
             fmt::format("'model.{}' is for training, but 'model.file' names a finished model; keep one of them", key));
      }
    }
    model.path = found_file(reader, "file", model.file);
    return;
  }
  static const std::vector<std::string> presets = {"tiny", "small", "base"};
  if (std::find(presets.begin(), presets.end(), model.preset) == presets.end()) {
    fail(reader.file(), reader.line("preset"),
         fmt::format("'model.preset' is '{}'; {}", model.preset, suggestion(model.preset, presets)));
  }
  static const std::vector<std::string> objectives = {"causal", "prefix", "masked"};
  if (!model.objective.empty() &&
      std::find(objectives.begin(), objectives.end(), model.objective) == objectives.end()) {
    fail(reader.file(), reader.line("objective"),
         fmt::format("'model.objective' is '{}'; {}", model.objective, suggestion(model.objective, objectives)));
  }
  for (const std::string& text : model.text) model.text_paths.push_back(found_file(reader, "text", text));
  if (!pairs && model.train_lines == 0 && model.text.empty()) {
    fail(reader.file(), reader.line("train_lines"),
         "[model] says no text to train on; expected 'train_lines' (the first lines of the stream), 'text' files, or "
         "'file', a finished model");
  }
}

/// A value of the key's type and within its range, if the table has the key.
void read_key(TableReader& reader, const base::Key& key, base::Settings& settings) {
  base::Value value = key.fallback;
  if (auto* whole = std::get_if<std::int64_t>(&value)) {
    reader.integer(key.name, *whole, key.range);
  } else if (auto* number = std::get_if<double>(&value)) {
    reader.number(key.name, *number, key.range);
  } else if (auto* text = std::get_if<std::string>(&value)) {
    reader.text(key.name, *text);
  } else if (auto* list = std::get_if<std::vector<std::string>>(&value)) {
    reader.texts(key.name, *list);
  } else if (auto* flag = std::get_if<bool>(&value)) {
    reader.flag(key.name, *flag);
  }
  settings.set(key.name, value);
}

void read_stream_table(TableReader& reader, StreamConfig& stream) {
  std::string name = "world";
  reader.text("kind", name);
  const auto names = names_of(stream_kinds());
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    fail(reader.file(), reader.line("kind"),
         fmt::format("'{}' is '{}'; {}", reader.full("kind"), name, suggestion(name, names)));
  }
  stream = StreamConfig(name);
  const StreamKind& kind = stream_kind(name);
  for (const base::Key& key : kind.keys) read_key(reader, key, stream.settings);
  reader.finish();
  for (const base::Key& key : kind.keys) {
    if (!key.files) continue;
    const auto& files = stream.settings.texts(key.name);
    if (files.empty()) {
      fail(reader.file(), reader.line(key.name),
           fmt::format("'{}' names no file; expected at least one path in a list", reader.full(key.name)));
    }
    for (const std::string& file : files) stream.paths.push_back(found_file(reader, key.name, file));
  }
}

/// A stream of texts that is not the one on which arms are reported.
void read_tuning(const toml::table& table, ExperimentConfig& config, bool has_share) {
  const fs::path& path = config.source;
  const std::uint32_t line = table.source().begin.line;
  const auto gives_texts = [](const StreamConfig& stream) { return stream_kind(stream.kind).read != nullptr; };
  if (!gives_texts(config.stream))
    fail(path, line,
         "there is a [tuning], but the arms of a stream of tasks or pairs take their settings as they are written");
  if (has_share) fail(path, line, "there are both [tuning] and 'protocol.tune_share'; keep one of them");
  TableReader reader(table, "tuning", path);
  config.tuning.emplace();
  read_stream_table(reader, *config.tuning);
  if (!gives_texts(*config.tuning))
    fail(path, line,
         fmt::format("settings are tuned on texts, which a stream of kind '{}' does not give", config.tuning->kind));
  for (const fs::path& file : config.tuning->paths)
    if (std::find(config.stream.paths.begin(), config.stream.paths.end(), file) != config.stream.paths.end())
      fail(path, line,
           fmt::format("{} is in [tuning] and in [stream]; settings are tuned on one data set and reported "
                       "on another",
                       file.string()));
}

json stream_json(const StreamConfig& config) {
  json stream = {{"kind", config.kind}};
  for (const auto& [name, value] : config.settings.values())
    std::visit([&, key = name](const auto& v) { stream[key] = v; }, value);
  return stream;
}

/// Several seeds instead of one, each another.
void read_seeds(TableReader& reader, ExperimentConfig& config) {
  reader.integers("seeds", config.seeds, base::ranges::kSeed);
  if (config.seeds.empty()) return;
  if (reader.has("seed"))
    fail(reader.file(), reader.line("seed"), "'seed' is for one run and 'seeds' for several; keep one of them");
  auto sorted = config.seeds;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    fail(reader.file(), reader.line("seeds"), "'seeds' names a seed twice; expected each another");
  config.seed = config.seeds.front();
}

/// All arms that take what the stream gives.
std::vector<std::string> arms_for(reasoning::ExperienceKind given) {
  std::vector<std::string> arms;
  for (const auto& kind : reasoning::arm_kinds())
    if (kind.takes.contains(given)) arms.push_back(kind.name);
  return arms;
}

/// Every arm can be written as `noema score` takes it, and takes what the stream gives.
void read_arms(TableReader& reader, std::vector<std::string>& arms, reasoning::ExperienceKind given) {
  if (arms.empty()) fail(reader.file(), reader.line("arms"), "'arms' is empty; expected at least one arm");
  const auto known = names_of(reasoning::arm_kinds());
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const std::string& arm = arms[i];
    const auto refuse = [&](const std::string& why) { fail(reader.file(), reader.line("arms"), why); };
    try {
      const auto spec = reasoning::ArmSpec::parse(arm);
      if (!spec.kind->takes.contains(given))
        refuse(fmt::format("arm '{}' does not take {}, which the stream gives", arm, name_of(given)));
    } catch (const base::UsageError& error) {
      const bool has_options = arm.find_first_of("{+-") != std::string::npos;
      refuse(has_options ? std::string(error.what())
                         : fmt::format("unknown arm '{}'; {}", arm, suggestion(arm, known)));
    }
    if (std::find(arms.begin(), arms.begin() + static_cast<std::ptrdiff_t>(i), arm) !=
        arms.begin() + static_cast<std::ptrdiff_t>(i))
      refuse(fmt::format("arm '{}' is named twice; expected each arm once", arm));
  }
}

toml::table parse(const fs::path& path) {
  const std::string content = base::read_file(path);
  try {
    return toml::parse(content, path.string());
  } catch (const toml::parse_error& error) {
    std::string what(error.description());
    std::replace(what.begin(), what.end(), '\n', ' ');
    fail(path, error.source().begin.line, fmt::format("not TOML: {}; see https://toml.io for the format", what));
  }
}

/// An experiment from a file without [grid].
ExperimentConfig read_experiment(const toml::table& root, const fs::path& path) {
  ExperimentConfig config;
  config.source = path;
  config.name = path.stem().string();
  TableReader reader(root, "", path);
  reader.text("name", config.name);
  reader.integer("seed", config.seed, base::ranges::kSeed);
  read_seeds(reader, config);
  const toml::table* model = reader.table("model");
  const toml::table* stream = reader.table("stream");
  const toml::table* tuning = reader.table("tuning");
  const toml::table* protocol = reader.table("protocol");
  reader.texts("arms", config.arms);
  reader.finish();

  const toml::table empty;
  TableReader stream_reader(stream != nullptr ? *stream : empty, "stream", path);
  read_stream_table(stream_reader, config.stream);
  const StreamKind& kind = stream_kind(config.stream.kind);
  if (model == nullptr && !kind.gives_tasks()) {
    fail(path, 1,
         "there is no [model]; expected one with 'file' (a finished model), or 'train_lines' or 'text' to train one");
  }
  if (model != nullptr && kind.gives_tasks()) {
    fail(path, model->source().begin.line,
         fmt::format("there is a [model], which no arm uses on a stream of kind '{}'; leave it out", kind.name));
  }
  if (model != nullptr) {
    TableReader model_reader(*model, "model", path);
    read_model(model_reader, config.model, kind.gives_pairs());
  }
  if (!reader.has("arms")) config.arms = arms_for(kind.gives);
  read_arms(reader, config.arms, kind.gives);
  TableReader protocol_reader(protocol != nullptr ? *protocol : empty, "protocol", path);
  constexpr base::Range kBlock{1, 1e12, true}, kTuneShare{0, 0.9};
  protocol_reader.integer("block", config.protocol.block, kBlock);
  protocol_reader.integer("think", config.protocol.think, base::ranges::kCount);
  protocol_reader.integer("max_lines", config.protocol.max_lines, base::ranges::kCount);
  protocol_reader.number("tune_share", config.protocol.tune_share, kTuneShare);
  protocol_reader.finish();
  if (tuning != nullptr) read_tuning(*tuning, config, protocol_reader.has("tune_share"));
  config.model.seed = config.seed;
  return config;
}

/// The seeds of [grid], which leave `grid`; `seeds = [...]` is short for them.
std::vector<std::uint64_t> take_seeds(const toml::table& root, std::vector<Varied>& grid, const fs::path& path) {
  std::vector<std::uint64_t> seeds;
  for (auto varied = grid.begin(); varied != grid.end(); ++varied) {
    if (varied->key == "seeds") fail(path, varied->line, "'grid.seeds' is no list of seeds; write grid.seed");
    if (varied->key != "seed") continue;
    if (root.contains("seeds")) fail(path, varied->line, "there are both 'seeds' and 'grid.seed'; keep one of them");
    TableReader(*root["grid"].as_table(), "grid", path).integers("seed", seeds, base::ranges::kSeed);
    grid.erase(varied);
    break;
  }
  return seeds;
}

/// The file with one value at each key of the grid. It is parsed again, as nodes lose their lines when copied.
ExperimentConfig read_combination(const fs::path& path, const std::vector<Varied>& grid,
                                  const std::vector<std::size_t>& chosen, const std::vector<std::uint64_t>& seeds) {
  toml::table root = parse(path);
  choose(root, grid, chosen, path);
  ExperimentConfig config = read_experiment(root, path);
  if (!seeds.empty()) {
    use_seed(config, seeds.front());
    config.seeds = seeds;
  }
  return config;
}

/// The next combination, the last key quickest; false after the last one.
bool advance(std::vector<std::size_t>& chosen, const std::vector<Varied>& grid) {
  for (std::size_t i = grid.size(); i-- > 0;) {
    if (++chosen[i] < grid[i].values.size()) return true;
    chosen[i] = 0;
  }
  return false;
}

/// Fills in an experiment for each combination.
void read_settings(const fs::path& path, const std::vector<std::uint64_t>& seeds, ExperimentConfig& config) {
  std::vector<std::size_t> chosen(config.grid.size(), 0);
  do {
    ExperimentConfig setting = read_combination(path, config.grid, chosen, seeds);
    setting.setting = setting_name(config.grid, chosen);
    setting.name += " (" + setting.setting + ")";
    for (std::size_t i = 0; i < chosen.size(); ++i)
      setting.chosen[config.grid[i].key] = config.grid[i].values[chosen[i]];
    for (const std::string& arm : setting.arms)
      if (std::find(config.arms.begin(), config.arms.end(), arm) == config.arms.end()) config.arms.push_back(arm);
    config.settings.push_back(std::move(setting));
  } while (advance(chosen, config.grid));
}

}  // namespace

ExperimentConfig read_config(const fs::path& path) {
  const toml::table root = parse(path);
  std::vector<Varied> grid = read_grid(root, path);
  const std::vector<std::uint64_t> seeds = take_seeds(root, grid, path);
  ExperimentConfig config = read_combination(path, grid, std::vector<std::size_t>(grid.size(), 0), seeds);
  config.grid = std::move(grid);
  if (!config.grid.empty()) read_settings(path, seeds, config);
  return config;
}

void use_seed(ExperimentConfig& config, std::uint64_t seed) {
  config.seed = config.model.seed = seed;
  config.seeds.clear();
  for (ExperimentConfig& setting : config.settings) use_seed(setting, seed);
}

json to_json(const ExperimentConfig& config) {
  const ModelConfig& m = config.model;
  json model;
  if (!m.file.empty()) {
    model["file"] = m.file;
  } else {
    model["preset"] = m.preset;
    if (!m.tokenizer.empty()) model["tokenizer"] = m.tokenizer;
    if (!m.objective.empty()) model["objective"] = m.objective;
    if (!m.architecture.empty()) model["architecture"] = m.architecture;
    if (!m.attention.empty()) model["attention"] = m.attention;
    const auto put = [&model](const char* key, const auto& value) {
      if (value) model[key] = *value;
    };
    put("steps", m.steps);
    put("minutes", m.minutes);
    put("epochs", m.epochs);
    put("layers", m.layers);
    put("width", m.width);
    put("heads", m.heads);
    put("context", m.context);
    put("batch", m.batch);
    put("dropout", m.dropout);
    put("learning_rate", m.learning_rate);
    if (!m.text.empty()) model["text"] = m.text;
  }
  if (m.train_lines > 0) model["train_lines"] = m.train_lines;

  const ProtocolConfig& p = config.protocol;
  json all = {{"name", config.name},
              {"seed", config.seed},
              {"stream", stream_json(config.stream)},
              {"protocol", {{"block", p.block}, {"think", p.think}, {"max_lines", p.max_lines}}},
              {"arms", config.arms}};
  if (config.tuning)
    all["tuning"] = stream_json(*config.tuning);
  else
    all["protocol"]["tune_share"] = p.tune_share;
  if (!stream_kind(config.stream.kind).gives_tasks()) all["model"] = model;
  if (!config.seeds.empty()) all["seeds"] = config.seeds;
  for (const Varied& varied : config.grid) {
    std::string key = "/" + varied.key;
    std::replace(key.begin(), key.end(), '.', '/');
    const json::json_pointer place(key);
    if (!place.parent_pointer().empty() && all.contains(place)) all[place.parent_pointer()].erase(place.back());
    all["grid"].push_back({{"key", varied.key}, {"values", varied.values}});
  }
  return all;
}

std::string config_hash(const ExperimentConfig& config) { return base::sha256_hex(to_json(config).dump()); }

}  // namespace noema::experiments
