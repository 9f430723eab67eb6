#include "experiments/streams/images.h"

#include <fmt/format.h>

#include <iterator>

#include "base/error.h"
#include "memory/images/idx.h"
#include "memory/images/image.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;

ClassTasks read_images(const StreamConfig& config, std::uint64_t seed) {
  if (config.paths.size() != 4)
    throw base::Error(
        fmt::format("[stream] 'files' names {} files; expected four: images and labels to learn from, "
                    "images and labels of the test",
                    config.paths.size()));
  const CutOptions options = cut_options_of(config.settings, seed);
  Items train = read_idx(config.paths[0], config.paths[1]);
  if (config.settings.flag("test"))
    return cut_into_tasks(std::move(train), read_idx(config.paths[2], config.paths[3]), {}, options);
  const auto held_out =
      static_cast<std::size_t>(config.settings.number("held_out") * static_cast<double>(train.size()));
  Items validation(std::make_move_iterator(train.end() - static_cast<std::ptrdiff_t>(held_out)),
                   std::make_move_iterator(train.end()));
  train.resize(train.size() - held_out);
  return cut_into_tasks(std::move(train), std::move(validation), {}, options);
}

}  // namespace

Items read_idx(const fs::path& images, const fs::path& labels) {
  memory::IdxReader pictures(images, 3), names(labels, 1);
  if (pictures.sizes()[0] != names.sizes()[0])
    throw base::Error(fmt::format("{} holds {} images and {} holds {} labels; expected as many", images.string(),
                                  pictures.sizes()[0], labels.string(), names.sizes()[0]));
  Items items;
  while (const auto pixels = pictures.next()) {
    reasoning::Features image;
    image.width = pictures.sizes()[2];
    image.label = std::to_string(static_cast<unsigned char>(names.next().value().front()));
    image.values = memory::shades_of(*pixels);
    items.emplace_back(std::move(image));
  }
  return items;
}

StreamKind images_stream() {
  StreamKind kind;
  kind.name = "images";
  kind.help = "images whose classes come task by task, from idx files (plain or .gz), such as Split-MNIST";
  kind.gives = reasoning::ExperienceKind::kFeatures;
  CutOptions defaults;
  defaults.tasks = 5;
  defaults.shuffle_classes = false;
  kind.keys = {
      {"files", "images and labels to learn from, images and labels of the test", std::vector<std::string>{}, {}, true},
      test_key()};
  for (base::Key& key : cut_keys(defaults)) kind.keys.push_back(std::move(key));
  kind.keys.push_back({"held_out", "share of the images, the last ones, that are for validation", 0.1, {0.001, 0.9}});
  kind.read_tasks = read_images;
  return kind;
}

}  // namespace noema::experiments
