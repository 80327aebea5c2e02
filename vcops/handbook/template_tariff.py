"""The commented file that an office types its own tables of rates (SBM, SHSR, SSH, SBU) into."""

__all__ = ["TARIFF_TEMPLATE"]

TARIFF_TEMPLATE = """\
# Tarif kantor sendiri. Ketik angka dari peraturan kantor, periksa: vcops tariff validate BERKAS, lalu pakai:
# vcops tariff adopt @ID@ --from 2026-01-01. Angka di bawah ini hanya CONTOH PENGISIAN dan bukan tarif mana pun.
# Yang sudah dipakai tidak pernah ditimpa: tahun baru, atau angka yang berubah, adalah berkas baru dengan id baru.
#
# The office's own tariff. Type the figures of your regulation, check the file: vcops tariff validate FILE, then make
# it the office's own: vcops tariff adopt @ID@ --from 2026-01-01. The figures below only SHOW HOW TO FILL IT IN; they
# are no one's tariff. What was adopted is never overwritten: a new year, or a changed figure, is a new file and id.
tariff:
  id: @ID@
  title: {id: "Standar biaya kantor", en: "The office's standard costs"}
  basis: "Nomor dan tahun peraturan"   # dicetak di bawah setiap jumlah / printed below every total
  regulation: true                     # false: tercetak sebagai asumsi / printed as an assumption
  year: 2026                           # tahun anggaran / fiscal year
  region: ""                           # wilayah / region
  valid_from: 2026-01-01
  # valid_to: 2026-12-31               # tanpa baris ini tarif berlaku terus / without it the tariff stays in force

  # flat: satu jumlah setiap rapat; per_head: pelaku perjalanan x perjalanannya + peserta x konsumsi;
  # itemised: butir-butir peraturan menurut aturan siapa yang berhak; none: tidak ada penghematan.
  # Metode yang berbeda tidak pernah dijumlahkan. / Different methods are never added up.
  method: itemised

  # Butir yang dihindari. per: meeting (rapat), participant (peserta di luar ruang), traveller (pelaku perjalanan).
  # times: berapa kali, hari atau malam. destinations: hanya untuk rapat dengan tujuan itu. source: butir peraturannya.
  # What is avoided. per: meeting, participant (a head not in the room), traveller. times: how often, days or nights.
  # destinations: only for meetings that would have led there. source: the regulation's item.
  components:
    - id: transport
      title: {id: "Transpor pergi pulang", en: "Transport both ways"}
      per: traveller
      times: 2
      unit: "orang/kali"
      amount: 100000
      # destinations: [Jakarta, Kota Bandung]
      source: "Lampiran, butir dan halaman"
    - id: per-diem
      title: {id: "Uang harian", en: "Daily allowance"}
      per: traveller
      times: 1
      unit: "OH"
      amount: 100000
      source: "Lampiran, butir dan halaman"
    - id: lodging
      title: {id: "Penginapan", en: "Lodging"}
      per: traveller
      times: 1
      unit: "OH"
      amount: 100000
      source: "Lampiran, butir dan halaman"
    - id: meal
      title: {id: "Makan rapat", en: "Meal"}
      per: participant
      unit: "orang/kali"
      amount: 10000
      kinds: [hosted]                  # hosted: diselenggarakan, attended: diikuti, unstated: tidak disebut
      source: "Lampiran, butir dan halaman"
    - id: snack
      title: {id: "Kudapan rapat", en: "Snack"}
      per: participant
      unit: "orang/kali"
      amount: 10000
      kinds: [hosted]
      source: "Lampiran, butir dan halaman"

  # Aturan berhak, menurut peraturan tahun ini. Yang belum dijawab dicetak "tidak dihitung", bukan Rp0.
  # The rules of entitlement, as this year's regulation has them. What is not answered prints "not counted", never Rp0.
  eligibility:
    least_minutes: 120                 # rapat yang lebih singkat tidak berhak / shorter meetings get nothing
    face_to_face: true                 # harus dijawab: andai tidak daring, apakah diadakan tatap muka?
    outside: [meal, snack]             # instansi lain, unit eselon I lain, atau pihak luar ikut
    other_unit: [snack]                # satker lain atau unit eselon II lain ikut
    own_unit: []                       # hanya unit sendiri / the own unit among itself

  # Disebut tetapi tidak dinilai: tercetak "tidak dihitung". / Named without a value: printed "not counted".
  not_counted:
    - {id: photocopying, title: {id: "Penggandaan", en: "Photocopying"}}

  # Biaya kantor sendiri, dikurangkan dari bruto. per: month (bulan) atau meeting (rapat daring atau hibrida).
  # What it costs the office, taken off the gross amount. per: month, or meeting (online or hybrid).
  own_costs:
    - {id: licence, title: {id: "Lisensi rapat", en: "Meeting licence"}, per: month, amount: 0, source: "Kontrak"}
    - {id: link, title: {id: "Internet ruang rapat", en: "The rooms' link"}, per: month, amount: 0, source: "Kontrak"}
    - {id: data-package, title: {id: "Paket data", en: "Data package"}, per: meeting, amount: 0, source: "Pergub"}
"""
