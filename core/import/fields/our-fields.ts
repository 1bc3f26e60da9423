// What every kind of file can bring: our fields, whether one has to be there, and the words that offices use for it.
import type { ImportKind } from '../../api/import-messages.ts';

/** Where a field has to be mapped before the file can be imported. */
export type Requirement = 'always' | 'without-geometry' | 'never';

export interface OurField {
  readonly name: string;
  readonly required: Requirement;
  readonly label: { readonly zh: string; readonly en: string };
  /** What its values look like. */
  readonly values: 'region-code' | 'code' | 'text' | 'count' | 'coordinate' | 'class';
  /** Headers that mean it, most telling first: Chinese, full pinyin, pinyin initials, English; lower case. */
  readonly words: readonly string[];
}

/** Words in one string each, a blank between two. */
const words = (...lines: readonly string[]): string[] => lines.flatMap((line) => line.split(' '));

const NAME_WORDS = words('名称', 'mingcheng mc name');
const HOUSEHOLDS: Pick<OurField, 'name' | 'label' | 'values' | 'words'> = {
  name: 'households',
  label: { zh: '户数', en: 'Households' },
  values: 'count',
  words: words(
    '户数 总户数 住户数 居民户数 常住户数 户籍户数 家庭户数 登记户数 户',
    'hushu zonghushu zhuhushu hs zhs jmhs czhs households household hh families num_hh hh_count',
  ),
};
const POPULATION: Pick<OurField, 'name' | 'label' | 'values' | 'words'> = {
  name: 'population',
  label: { zh: '人口数', en: 'Persons' },
  values: 'count',
  words: words(
    '人口数 人口 总人口 人数 常住人口 户籍人口 居住人数 总人数 人',
    'renkou renkoushu zongrenkou renshu rk rks zrk rs czrk hjrk zrs population pop persons people',
    'residents inhabitants',
  ),
};
const GROUP: OurField = {
  name: 'group',
  required: 'never',
  label: { zh: '村(居)民小组', en: "Residents' group" },
  values: 'text',
  words: words(
    '村民小组 居民小组 小组 村小组 组别 组 社 自然村 屯',
    'xiaozu cunminxiaozu cmxz jmxz xz zb zrc group residents_group villagers_group hamlet',
  ),
};
const USE: OurField = {
  name: 'use',
  required: 'never',
  label: { zh: '用途', en: 'Use' },
  values: 'text',
  words: words(
    '用途 房屋用途 建筑用途 使用性质 类型 类别 性质 楼栋类型 房屋类型 单位类型',
    'yongtu fwyt jzyt syxz yt lx lb fwlx dwlx use usage building type function category',
  ),
};
const ADDRESS: OurField = {
  name: 'address',
  required: 'never',
  label: { zh: '地址', en: 'Address' },
  values: 'text',
  words: words(
    '地址 楼栋地址 标准地址 详细地址 门牌号 门牌 坐落 位置 门楼牌号 房屋坐落 住址',
    'dizhi xxdz bzdz ldz dz mph mp zl fwzl address addr full_address street_address location',
  ),
};
const COORDINATES: readonly OurField[] = [
  {
    name: 'lon',
    required: 'without-geometry',
    label: { zh: '经度(或东坐标)', en: 'Longitude (or easting)' },
    values: 'coordinate',
    words: words('经度 东坐标 x坐标 横坐标', 'jingdu jd longitude lon lng long easting x point_x xzb'),
  },
  {
    name: 'lat',
    required: 'without-geometry',
    label: { zh: '纬度(或北坐标)', en: 'Latitude (or northing)' },
    values: 'coordinate',
    words: words('纬度 北坐标 y坐标 纵坐标', 'weidu wd latitude lat northing y point_y yzb'),
  },
];
const optional = (field: OurField): OurField => ({ ...field, required: 'never' });

const COMMUNITY_CODE_WORDS = words(
  '村社区代码 社区代码 村代码 村居代码 行政区划代码 区划代码 行政区代码 行政区域代码 统计用区划代码 村级代码 村社区编码 社区编码 村编码 坐落单位代码 权属单位代码 12位代码 代码 编码',
  '编号',
  'shequdaima quhuadaima sqdm cdm cjdm cjqhdm xzqdm xzqhdm qhdm xzdm zldwdm qsdwdm sqbm cbm dm bm',
  'community_code region_code village_code code12 adcode code pac',
);
const COMMUNITY_NAME_WORDS = words(
  '村社区名称 社区名称 村名称 村居名称 行政村名称 行政区名称 行政区划名称 区划名称 坐落单位名称 权属单位名称 社区名 村名 村社区 社区 行政村 村居 所属社区 所在社区 所属村社区 所属村',
  '村委会 居委会',
  'shequmingcheng cunming sqmc cmc cm xzqmc xzqhmc qhmc zldwmc qsdwmc xzcmc cjmc community_name',
  'village_name community village',
);

const parentName = (name: string, zh: string, en: string, words: readonly string[]): OurField => ({
  name,
  required: 'never',
  label: { zh, en },
  values: 'text',
  words,
});

/** Names of the regions above. */
const LEVELS: readonly OurField[] = [
  parentName(
    'town',
    '乡镇、街道',
    'Town',
    words(
      '乡镇名称 街道名称 乡镇街道 镇街名称 乡镇 街道 镇街 乡镇名 镇名 乡名',
      'xiangzhen jiedao xzmc zmc jdmc zjmc xzjd xz jd town township street street_name subdistrict',
    ),
  ),
  parentName(
    'county',
    '县、区',
    'County',
    words('区县名称 县区名称 县级名称 区县 县区 县 区 县名 区名', 'quxian xianqu qxmc xqmc xmc xjmc qx xq county district county_name'),
  ),
  parentName(
    'city',
    '市、州',
    'City',
    words('地市名称 市州名称 地级市 市名称 市州 地市 市 市名', 'shi shizhou dsmc smc szmc city prefecture city_name'),
  ),
  parentName('province', '省', 'Province', words('省份 省名称 省级名称 省 省市 省名', 'sheng shengfen sfmc sf province province_name')),
];

/** The fields of each kind, in the order in which people think of them. */
export const ourFields: Readonly<Record<ImportKind, readonly OurField[]>> = {
  communities: [
    {
      name: 'code',
      required: 'always',
      label: { zh: '村、社区代码(12 位)', en: 'Code of the community (12 digits)' },
      values: 'region-code',
      words: COMMUNITY_CODE_WORDS,
    },
    {
      name: 'name',
      required: 'always',
      label: { zh: '村、社区名称', en: 'Name of the community' },
      values: 'text',
      words: [...COMMUNITY_NAME_WORDS, ...NAME_WORDS],
    },
    ...LEVELS,
    { ...HOUSEHOLDS, required: 'never', label: { zh: '户数(村、社区自报)', en: 'Households by its own register' } },
    { ...POPULATION, required: 'never', label: { zh: '人口数(村、社区自报)', en: 'Persons by its own register' } },
  ],
  buildings: [
    {
      name: 'id',
      required: 'never',
      label: { zh: '楼栋编号', en: 'Building id' },
      values: 'code',
      words: words(
        '楼栋编号 楼栋编码 楼栋代码 楼编号 房屋编号 房屋编码 建筑物编号 建筑编码 建筑物编码 楼栋id 编号 编码 代码',
        'loudongbianhao ldbh ldbm lddm ldid fwbh fwbm jzbh jzwbm lzbh bh bm dm building_id bldg_id osm_id id',
        'fid objectid gid',
      ),
    },
    {
      name: 'name',
      required: 'never',
      label: { zh: '楼栋名称', en: 'Name' },
      values: 'text',
      words: [
        ...words(
          '楼栋名称 楼栋名 楼名 建筑物名称 建筑名称 房屋名称 小区楼栋 楼栋 楼号 栋号 幢号 小区名称 楼宇名称',
          'loudong loudongmingcheng ldmc lm jzwmc jzmc fwmc ldh lh xqmc lymc building_name bldg_name',
        ),
        ...NAME_WORDS,
      ],
    },
    ADDRESS,
    USE,
    GROUP,
    { ...HOUSEHOLDS, required: 'never' },
    { ...POPULATION, required: 'never' },
    ...COORDINATES,
  ],
  households: [
    {
      name: 'building',
      required: 'never',
      label: { zh: '楼栋编号', en: 'Building id' },
      values: 'code',
      words: words(
        '楼栋编号 楼栋编码 楼栋代码 所属楼栋编号 房屋编号 房屋编码 建筑物编号 楼栋id 编号 编码 代码',
        'loudongbianhao ldbh ldbm lddm ldid fwbh fwbm jzbh bh bm building_id bldg_id id',
      ),
    },
    ADDRESS,
    {
      name: 'name',
      required: 'never',
      label: { zh: '楼栋名称', en: 'Building name' },
      values: 'text',
      words: [
        ...words(
          '楼栋名称 楼栋名 楼名 楼栋 楼号 栋号 幢号 建筑物名称 小区楼栋 小区名称 小区',
          'loudong ldmc lm ldh lh jzwmc xqmc building_name building',
        ),
        ...NAME_WORDS,
      ],
    },
    {
      name: 'communityCode',
      required: 'never',
      label: { zh: '村、社区代码', en: 'Code of the community' },
      values: 'region-code',
      words: COMMUNITY_CODE_WORDS,
    },
    {
      name: 'community',
      required: 'never',
      label: { zh: '村、社区名称', en: 'Name of the community' },
      values: 'text',
      words: COMMUNITY_NAME_WORDS,
    },
    GROUP,
    { ...HOUSEHOLDS, required: 'never' },
    { ...POPULATION, required: 'never' },
    ...COORDINATES.map(optional),
  ],
  barriers: [
    {
      name: 'class',
      required: 'always',
      label: { zh: '类别(道路等级、河流、铁路、围墙)', en: 'Class' },
      values: 'class',
      words: words(
        '类别 道路等级 道路类型 等级 道路类别 技术等级 行政等级 类型 要素名称 要素类型 分类',
        'leibie dldj dllx dj lx lb jsdj class fclass highway waterway railway type road_class kind',
      ),
    },
    {
      name: 'name',
      required: 'never',
      label: { zh: '名称', en: 'Name' },
      values: 'text',
      words: [...words('道路名称 路名 河流名称 河名 水系名称', 'dlmc lm hlmc road_name'), ...NAME_WORDS],
    },
  ],
  institutions: [
    {
      name: 'name',
      required: 'always',
      label: { zh: '单位名称', en: 'Name' },
      values: 'text',
      words: [...words('单位名称 机构名称 企业名称 学校名称 园区名称 单位', 'danweimingcheng dwmc jgmc qymc xxmc'), ...NAME_WORDS],
    },
    { ...USE, label: { zh: '单位类型', en: 'Use' } },
    {
      name: 'staff',
      required: 'never',
      label: { zh: '职工人数', en: 'Staff' },
      values: 'count',
      words: words(
        '职工人数 员工人数 从业人数 从业人员 职工数 员工数 师生人数 人数',
        'zgrs ygrs cyrs rs staff employees workers headcount',
      ),
    },
  ],
  'department-grids': [
    {
      name: 'department',
      required: 'never',
      label: { zh: '部门', en: 'Department' },
      values: 'text',
      words: words('部门 主管部门 所属部门 部门名称 条线', 'bumen bm bmmc zgbm department dept owner'),
    },
    {
      name: 'code',
      required: 'never',
      label: { zh: '网格编号', en: 'Grid code' },
      values: 'code',
      words: words(
        '网格编号 网格编码 网格代码 网格号 编号 编码 代码',
        'wanggebianhao wgbh wgbm wgdm wgh bh dm grid_code grid_id gridcode gridid code id',
      ),
    },
    {
      name: 'name',
      required: 'always',
      label: { zh: '网格名称', en: 'Grid name' },
      values: 'text',
      words: [...words('网格名称 网格名 网格', 'wanggemingcheng wgmc wg grid_name gridname grid'), ...NAME_WORDS],
    },
    {
      name: 'parent',
      required: 'never',
      label: { zh: '上级网格', en: 'Superior grid' },
      values: 'text',
      words: words('上级网格 所属网格 上级 所属大网格 父级', 'sjwg sswg sj parent superior parent_grid parent_id'),
    },
  ],
  staff: [
    {
      name: 'grid',
      required: 'never',
      label: { zh: '网格编号', en: 'Grid code' },
      values: 'code',
      words: words('网格编号 网格编码 网格代码 所属网格编号 网格号', 'wgbh wgbm wgdm grid_code gridcode grid_id code'),
    },
    {
      name: 'gridName',
      required: 'never',
      label: { zh: '网格名称', en: 'Grid name' },
      values: 'text',
      words: words('网格名称 网格名 所属网格 负责网格 所在网格 网格', 'wgmc sswg wg grid_name gridname grid'),
    },
    {
      name: 'community',
      required: 'never',
      label: { zh: '村、社区名称', en: 'Name of the community' },
      values: 'text',
      words: COMMUNITY_NAME_WORDS,
    },
    {
      name: 'role',
      required: 'never',
      label: { zh: '网格角色(网格长、网格员……)', en: 'Role in the grid' },
      values: 'text',
      words: words('网格角色 角色 人员类型 人员类别 网格员类型 岗位 身份 类别', 'juese js rylx rylb gw role type'),
    },
    {
      name: 'name',
      required: 'always',
      label: { zh: '姓名', en: 'Name' },
      values: 'text',
      words: words('姓名 网格员姓名 网格员 人员姓名 名字 网格长', 'xingming xm wgyxm wgy ryxm full_name person name'),
    },
    {
      name: 'phone',
      required: 'never',
      label: { zh: '联系电话', en: 'Phone' },
      values: 'text',
      words: words(
        '联系电话 手机号码 手机号 手机 电话 联系方式 电话号码 移动电话 办公电话',
        'dianhua shouji lxdh sjhm sjh sj dh lxfs phone mobile tel telephone cell',
      ),
    },
    {
      name: 'post',
      required: 'never',
      label: { zh: '职务', en: 'Post' },
      values: 'text',
      words: words('职务 单位及职务 单位职务 现任职务 职位 工作单位 单位', 'zhiwu zw dwzw dw post position title job'),
    },
  ],
  regions: [
    {
      name: 'code',
      required: 'always',
      label: { zh: '区划代码', en: 'Region code' },
      values: 'region-code',
      words: COMMUNITY_CODE_WORDS,
    },
    {
      name: 'name',
      required: 'always',
      label: { zh: '区划名称', en: 'Region name' },
      values: 'text',
      words: [...COMMUNITY_NAME_WORDS, ...NAME_WORDS],
    },
    {
      name: 'parent',
      required: 'never',
      label: { zh: '上级代码', en: 'Code of the region above' },
      values: 'region-code',
      words: words(
        '上级代码 上级区划代码 父级代码 乡镇代码 街道代码 所属乡镇代码',
        'sjdm sjqhdm fjdm xzdm jddm parent parent_code parentcode street_code streetcode street9 town_code',
      ),
    },
    {
      name: 'parentName',
      required: 'never',
      label: { zh: '上级名称', en: 'Name of the region above' },
      values: 'text',
      words: words('上级名称 父级名称 乡镇名称 街道名称 所属乡镇', 'sjmc xzmc jdmc parent_name street_name town_name town'),
    },
    ...LEVELS,
  ],
};
