#include "experiments/streams/images.h"

#include <fmt/format.h>

#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <fstream>
#include <iterator>

#include "base/error.h"
#include "base/rng.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 31;

/// An array of unsigned bytes: magic number 0, 0, 8, number of dimensions; their sizes, big-endian; the bytes.
struct Idx {
  std::vector<std::size_t> sizes;
  std::string bytes;
};

Idx idx_of(const fs::path& path, std::size_t dimensions) {
  const auto refuse = [&](const std::string& why) {
    throw base::Error(fmt::format("{}: {}; expected an idx file of unsigned bytes with {} dimensions", path.string(),
                                  why, dimensions));
  };
  std::ifstream file(path, std::ios::binary);
  if (!file) throw base::Error(path.string() + ": cannot be opened");
  boost::iostreams::filtering_istream in;
  if (path.extension() == ".gz") in.push(boost::iostreams::gzip_decompressor());
  in.push(file);
  in.exceptions(std::ios::badbit);  // lets the errors of the decompressor through
  Idx idx;
  try {
    const auto byte = [&] {
      const int value = in.get();
      if (value == std::char_traits<char>::eof()) refuse("it ends in its header");
      return static_cast<std::size_t>(value);
    };
    if (byte() != 0 || byte() != 0 || byte() != 8 || byte() != dimensions) refuse("its magic number is another");
    std::uint64_t all = 1;
    for (std::size_t i = 0; i < dimensions; ++i) {
      std::size_t size = 0;
      for (int k = 0; k < 4; ++k) size = size << 8 | byte();
      idx.sizes.push_back(size);
      if (size == 0 || (all *= size) > kMostBytes) refuse(fmt::format("a dimension is {}", size));
    }
    idx.bytes.resize(all);
    in.read(idx.bytes.data(), static_cast<std::streamsize>(all));
    if (static_cast<std::uint64_t>(in.gcount()) != all)
      refuse(fmt::format("it ends after {} of {} bytes", in.gcount(), all));
  } catch (const boost::iostreams::gzip_error& error) {
    refuse(fmt::format("it cannot be decompressed ({})", error.what()));
  }
  return idx;
}

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
  const Idx pictures = idx_of(images, 3), names = idx_of(labels, 1);
  if (pictures.sizes[0] != names.sizes[0])
    throw base::Error(fmt::format("{} holds {} images and {} holds {} labels; expected as many", images.string(),
                                  pictures.sizes[0], labels.string(), names.sizes[0]));
  const std::size_t pixels = pictures.sizes[1] * pictures.sizes[2];
  Items items;
  for (std::size_t i = 0; i < names.sizes[0]; ++i) {
    reasoning::Features image;
    image.width = pictures.sizes[2];
    image.label = std::to_string(static_cast<unsigned char>(names.bytes[i]));
    image.values.reserve(pixels);
    for (std::size_t k = 0; k < pixels; ++k)
      image.values.push_back(static_cast<float>(static_cast<unsigned char>(pictures.bytes[i * pixels + k])) / 255.0F);
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
