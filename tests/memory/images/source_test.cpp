#include "memory/images/source.h"

#include "tests/memory/images/image_files.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

std::vector<NamedImage> all_of(const std::filesystem::path& path, Labels labels = Labels::kNeeded,
                               std::vector<std::string>* remarks = nullptr) {
  const auto source = open_images(path, labels, [&](const std::string& remark) {
    if (remarks != nullptr) remarks->push_back(remark);
  });
  std::vector<NamedImage> images;
  while (auto image = source->next()) images.push_back(*std::move(image));
  return images;
}

std::string why_not(const std::filesystem::path& path, Labels labels = Labels::kNeeded) {
  return error_of([&] { all_of(path, labels); });
}

}  // namespace

TEST_CASE("an idx file is read with the labels beside it") {
  TempFolder folder;
  const auto images = all_of(write_bars(folder.path(), 4));
  REQUIRE(images.size() == 4);
  CHECK(images[1].label == "1");
  CHECK(images[2].label == "0");
  CHECK(images[2].image.width == 12);
  CHECK(images[2].image.pixels == bar(0, 2).pixels);
  CHECK(images[2].name.empty());
}

TEST_CASE("labels that are not beside the images, or of another number, are asked for by name") {
  TempFolder folder;
  const auto path = write_bars(folder.path(), 4);
  std::filesystem::rename(folder / "bars-labels-idx1-ubyte", folder / "elsewhere");
  CHECK_THAT(why_not(path), Catch::Contains("expected them in bars-labels-idx1-ubyte"));
  CHECK(all_of(path, Labels::kIfThere).size() == 4);
  CHECK_FALSE(all_of(path, Labels::kIfThere)[0].label);
  write_bytes(folder / "bars-labels-idx1-ubyte", idx_header({3}) + "abc");
  CHECK_THAT(why_not(path), Catch::Contains("holds 4 images") && Catch::Contains("holds 3 labels"));
  const auto odd = folder / "pictures";
  std::filesystem::copy(path, odd);
  CHECK_THAT(why_not(odd), Catch::Contains("its name does not say which file holds its labels"));
}

TEST_CASE("a damaged idx file gives no image at all") {
  TempFolder folder;
  const auto path = write_bytes(folder / "bars-images-idx3-ubyte", idx_header({2, 1, 2}) + "aab");
  write_bytes(folder / "bars-labels-idx1-ubyte", idx_header({2}) + "xy");
  CHECK_THAT(error_of([&] { open_images(path, Labels::kNeeded, {}); }), Catch::Contains("it ends after 3 of 4 bytes"));
  write_bytes(path, idx_header({1, 1000, 1000}) + std::string(1000000, 'x'));
  CHECK_THAT(error_of([&] { open_images(path, Labels::kIfThere, {}); }),
             Catch::Contains("1000 x 1000 pixels, at most 262144"));
}

TEST_CASE("a folder is read class by class in the order of names; what is no PNG file is passed over aloud") {
  TempFolder folder;
  write_bytes(folder / "in/lying/b.png", png_of(bar(1, 2)));
  write_bytes(folder / "in/lying/a.PNG", png_of(bar(1, 1)));
  write_bytes(folder / "in/upright/a.png", png_of(bar(0, 1)));
  write_bytes(folder / "in/upright/notes.txt", "not an image");
  write_bytes(folder / "in/loose.png", png_of(bar(0, 1)));
  write_bytes(folder / "in/.hidden", "");
  std::vector<std::string> remarks;
  const auto images = all_of(folder / "in", Labels::kNeeded, &remarks);
  REQUIRE(images.size() == 3);
  CHECK(images[0].name == "lying/a.PNG");
  CHECK(images[0].label == "lying");
  CHECK(images[2].label == "upright");
  CHECK(images[2].image.pixels == bar(0, 1).pixels);
  REQUIRE(remarks.size() == 2);
  CHECK_THAT(remarks[0], Catch::Contains("loose.png lies in no folder that names its class: passed over"));
  CHECK_THAT(remarks[1], Catch::Contains("notes.txt is no .png file: passed over"));
  CHECK(all_of(folder / "in", Labels::kIfThere).size() == 4);
}

TEST_CASE("folders without images, broken images and images without a label are refused") {
  TempFolder folder;
  std::filesystem::create_directories(folder / "empty");
  CHECK_THAT(why_not(folder / "empty"), Catch::Contains("empty: holds no images; expected a folder of .png files for"));
  write_bytes(folder / "in/lying/b.png", "no image");
  CHECK_THAT(why_not(folder / "in"), Catch::Contains("b.png: is no PNG file"));
  write_bytes(folder / "bad/caf\xe9/b.png", png_of(bar(0, 1)));
  CHECK_THAT(why_not(folder / "bad"), Catch::Contains("is no UTF-8"));
  const auto one = write_bytes(folder / "one.png", png_of(bar(0, 1)));
  CHECK_THAT(why_not(one), Catch::Contains("is one image without a label"));
  CHECK(all_of(one, Labels::kIfThere).size() == 1);
  CHECK_THAT(why_not(folder / "none"), Catch::Contains("none: no such file"));
  CHECK(are_images(one));
  CHECK(are_images(folder.path()));
  CHECK_FALSE(are_images(write_bytes(folder / "t", "text")));
}

TEST_CASE("labels are looked for packed or not, whatever the images are") {
  TempFolder folder;
  const auto images = folder / "t10k-images-idx3-ubyte.gz";
  CHECK(labels_beside(images)->filename() == "t10k-labels-idx1-ubyte.gz");
  write_bytes(folder / "t10k-labels-idx1-ubyte", "");
  CHECK(labels_beside(images)->filename() == "t10k-labels-idx1-ubyte");
  CHECK_FALSE(labels_beside(folder / "digits"));
}

}  // namespace noema::memory
